import { z } from 'zod';
import type { ConversationId, TurnId } from '#domain/ids';
import type { ServiceContext } from '#services/context';
import { getTurn } from '#services/conversations/get-turn';
import type { MessageView } from '#services/conversations/list-messages';
import { listMessages, messageViews } from '#services/conversations/list-messages';
import { startConversation } from '#services/conversations/start-conversation';
import { retryMessage } from '#services/messages/retry-message';
import { sendMessage } from '#services/messages/send-message';
import { Message, MessagePage, messageExample, NewMessage, TurnExplanation } from '../contracts/message.contract.ts';
import { Id, Page } from '../contracts/shared.contract.ts';
import { defineRoute } from '../define-route.ts';
import { presentMessage } from '../present/message.ts';
import { conversationParams } from './conversations.routes.ts';

const listMessagesRoute = defineRoute({
  operation: 'listMessages',
  method: 'get',
  path: '/api/conversations/:conversationId/messages',
  access: 'staff',
  tag: 'Conversations',
  summary: 'The messages of a conversation: newest page first, each page oldest first',
  params: conversationParams,
  query: z.object(Page),
  output: MessagePage,
  success: [{ status: 200, about: 'A page of messages; `nextCursor` leads to older ones.', example: { items: [messageExample], nextCursor: null } }],
  errors: ['conversation.not_found', 'request.invalid'],
  async handler({ ctx }, { params, query }) {
    const [{ items, nextCursor }, { locale }] = await Promise.all([listMessages(ctx, { ...params, ...query }), ctx.business.profile()]);
    return { items: items.map((view) => presentMessage(view, locale)), nextCursor };
  },
});

const sendMessageRoute = defineRoute({
  operation: 'sendMessage',
  method: 'post',
  path: '/api/conversations/messages',
  access: 'staff',
  tag: 'Conversations',
  summary: 'Write to a customer, in a conversation that exists or by number',
  body: NewMessage,
  bodyExample: { channel: 'whatsapp', to: '+31612345678', text: 'Uw auto staat klaar.', clientId: '0b9d2f6e-93a1-4a52-9a57-6d0b6a0f9a10' },
  output: Message,
  success: [{ status: 202, about: 'Written and handed to the conversation, which delivers it in order.', example: messageExample }],
  errors: ['conversation.not_found', 'number.not_yours', 'message.opted_out', 'workflow.unreachable'],
  async handler({ ctx, member }, { body }) {
    const conversationId = 'conversationId' in body ? (body.conversationId as ConversationId) : (await startConversation(ctx, body)).id;
    const author = member ? { role: 'member' as const, memberId: member.id } : { role: 'system' as const };
    return await presented(ctx, await sendMessage(ctx, { conversationId, text: body.text, clientId: body.clientId, ...author }));
  },
});

const retryMessageRoute = defineRoute({
  operation: 'retryMessage',
  method: 'post',
  path: '/api/conversations/:conversationId/messages/:messageId/retry',
  access: 'staff',
  tag: 'Conversations',
  summary: 'Send a failed message again',
  params: conversationParams.extend({ messageId: Id }),
  output: Message,
  success: [{ status: 202, about: 'A new attempt of the same message.', example: messageExample }],
  errors: ['conversation.not_found', 'message.not_found', 'message.not_retryable', 'workflow.unreachable'],
  handler: async ({ ctx }, { params }) => await presented(ctx, await retryMessage(ctx, params)),
});

const getTurnRoute = defineRoute({
  operation: 'getTurn',
  method: 'get',
  path: '/api/conversations/:conversationId/turns/:turnId',
  access: 'staff',
  tag: 'Conversations',
  summary: 'Why a reply reads as it does',
  params: conversationParams.extend({ turnId: Id.transform((id) => id as TurnId) }),
  output: TurnExplanation,
  success: [{ status: 200, about: 'Intent, confidence, sources and tools of the reply.' }],
  errors: ['turn.not_found'],
  async handler({ ctx }, { params }) {
    const { turnId, messageIds, reply } = await getTurn(ctx, params);
    return { turnId, messageIds, reply: { text: reply.text, intent: reply.intent, confidence: reply.confidence }, trace: { ...reply.trace } };
  },
});

async function presented(ctx: ServiceContext, message: MessageView['message']) {
  const [[view], { locale }] = await Promise.all([messageViews(ctx, [message]), ctx.business.profile()]);
  return presentMessage(view ?? { message, memberName: null }, locale);
}

export const messageRoutes = [sendMessageRoute, listMessagesRoute, retryMessageRoute, getTurnRoute];
