import { z } from 'zod';
import type { BusinessId } from '#domain/ids';
import { chatHistory } from '#services/webchat/chat-history';
import { newChatMessage } from '#services/webchat/new-chat-message';
import { openChatSession } from '#services/webchat/open-chat-session';
import { sendChatMessage } from '#services/webchat/send-chat-message';
import { checkOrigin } from '../auth/visitor-call.ts';
import { ChatHistory, ChatReply, ChatSession, chatReplyExample, OpenChatSession, SendChatMessage } from '../contracts/chat.contract.ts';
import { Page } from '../contracts/shared.contract.ts';
import { defineRoute } from '../define-route.ts';
import { followEvents } from '../live/catch-up.ts';
import { openSse } from '../live/sse-stream.ts';
import { presentChatMessage } from '../present/message.ts';

/** Below the minute after which proxies usually give up on an answer. */
const WAIT_FOR_ANSWER_MS = 25_000;

const openSessionRoute = defineRoute({
  operation: 'openChatSession',
  method: 'post',
  path: '/api/chat/session',
  access: 'open',
  limit: 'chatSessions',
  crossOrigin: true,
  tag: 'Web chat',
  summary: 'Open a web chat, or go on with an earlier one',
  body: OpenChatSession,
  bodyExample: { businessId: 'biz_garage' },
  output: ChatSession,
  success: [{ status: 200, about: 'Keep the token in the browser; it is the visitor.' }],
  errors: ['business.not_found', 'chat.identity_invalid', 'chat.origin_not_allowed', 'rate.limited'],
  async handler(call, { body }) {
    checkOrigin(call);
    const { messages, expiresAt, ...session } = await openChatSession(call.installation, { ...body, businessId: body.businessId as BusinessId });
    return { ...session, expiresAt: expiresAt.toISOString(), messages: messages.map(presentChatMessage) };
  },
});

const sendRoute = defineRoute({
  operation: 'sendChatMessage',
  method: 'post',
  path: '/api/chat/send',
  access: 'visitor',
  limit: 'chatSends',
  crossOrigin: true,
  tag: 'Web chat',
  summary: 'Say something and wait for the answer',
  body: SendChatMessage,
  bodyExample: { messageId: '0b9d2f6e-93a1-4a52-9a57-6d0b6a0f9a10', text: 'Wat zijn jullie openingstijden?' },
  output: ChatReply,
  success: [
    { status: 200, about: 'Answered, or known to stay without an answer from the assistant.', example: chatReplyExample },
    { status: 202, about: 'Kept, but not answered yet: send the same messageId once more.', example: { state: 'again', reply: null } },
  ],
  errors: ['rate.limited', 'intake.unavailable'],
  async handler({ ctx, res, visitor }, { body }) {
    const { state, reply } = await sendChatMessage(ctx, { ...body, visitorAddress: visitor.address, waitMs: WAIT_FOR_ANSWER_MS });
    res.status(state === 'again' ? 202 : 200);
    return { state, reply: reply && presentChatMessage(reply) };
  },
});

const historyRoute = defineRoute({
  operation: 'getChatHistory',
  method: 'get',
  path: '/api/chat/history',
  access: 'visitor',
  limit: 'chatReads',
  crossOrigin: true,
  tag: 'Web chat',
  summary: 'What was said: newest page first, each page oldest first',
  query: z.object({ ...Page, token: z.string().optional() }),
  output: ChatHistory,
  success: [{ status: 200, about: 'A page of messages; `nextCursor` leads to older ones.' }],
  errors: ['rate.limited', 'cursor.invalid'],
  async handler({ ctx, visitor }, { query: { cursor, limit } }) {
    const { items, nextCursor } = await chatHistory(ctx, { visitorAddress: visitor.address, cursor, limit });
    return { items: items.map(presentChatMessage), nextCursor };
  },
});

const streamRoute = defineRoute({
  operation: 'streamChat',
  method: 'get',
  path: '/api/chat/stream',
  access: 'visitor',
  limit: 'chatReads',
  crossOrigin: true,
  stream: true,
  tag: 'Web chat',
  summary: 'New messages of this chat, as server-sent events',
  query: z.object({ token: z.string().optional().meta({ description: 'The visitor token, since EventSource sends no headers.' }) }),
  success: [{ status: 200, about: 'text/event-stream: `message` (a ChatMessage), `typing` (somebody is writing a reply), `resync` (read the history again).' }],
  errors: ['rate.limited'],
  async handler(call) {
    const { ctx, events, visitor } = call;
    const { conversationId } = visitor;
    const stream = await openSse(call, { kind: 'chat' });
    await followEvents(ctx, events, stream, {
      async onEvent(event) {
        if (event.conversationId !== conversationId) return;
        const message = await newChatMessage(ctx, { event, conversationId });
        if (message) stream.push('message', presentChatMessage(message), event.id);
        if (event.type !== 'message.received') return;
        const conversation = await ctx.conversations.get(conversationId);
        if (conversation?.owner.type === 'assistant') stream.push('typing', { role: 'assistant' }, event.id);
      },
      onResync: () => stream.push('resync', {}, events.newestId(ctx.businessId) ?? ''),
    });
  },
});

export const chatRoutes = [openSessionRoute, sendRoute, historyRoute, streamRoute];
