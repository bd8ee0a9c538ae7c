import { z } from 'zod';
import { CHANNELS } from '#domain/channel';
import type { ConversationId } from '#domain/ids';
import { getConversation } from '#services/conversations/get-conversation';
import { listConversations } from '#services/conversations/list-conversations';
import { liveState } from '#services/conversations/live-state';
import { markRead } from '#services/conversations/mark-read';
import { resetContext } from '#services/conversations/reset-context';
import { ConversationDetail, ConversationPage, conversationExample, LiveState } from '../contracts/conversation.contract.ts';
import { Flag, Id, Page } from '../contracts/shared.contract.ts';
import { defineRoute } from '../define-route.ts';
import { iso, presentConversation } from '../present/conversation.ts';

export const conversationParams = z.object({ conversationId: Id.transform((id) => id as ConversationId) });

const listConversationsRoute = defineRoute({
  operation: 'listConversations',
  method: 'get',
  path: '/api/conversations',
  access: 'staff',
  tag: 'Conversations',
  summary: 'Conversations, newest activity first',
  query: z.object({
    ...Page,
    status: z.enum(['open', 'closed']).optional(),
    channel: z.enum(CHANNELS).optional(),
    owner: z.enum(['assistant', 'member']).optional(),
    unread: Flag.optional(),
    attention: Flag.optional(),
    q: z.string().trim().min(2).max(100).optional().meta({ description: "The beginnings of the words of a customer's name." }),
    phone: z.string().trim().min(3).max(40).optional().meta({ description: 'Exact, in any notation.' }),
    email: z.string().trim().min(3).max(254).optional().meta({ description: 'Exact.' }),
  }),
  output: ConversationPage,
  success: [{ status: 200, about: 'A page of conversations.', example: { items: [conversationExample], nextCursor: null } }],
  errors: ['request.invalid'],
  async handler({ ctx }, { query: { q, ...filter } }) {
    const { items, nextCursor } = await listConversations(ctx, { ...filter, name: q });
    return { items: items.map(presentConversation), nextCursor };
  },
});

const getConversationRoute = defineRoute({
  operation: 'getConversation',
  method: 'get',
  path: '/api/conversations/:conversationId',
  access: 'staff',
  tag: 'Conversations',
  summary: 'One conversation',
  params: conversationParams,
  output: ConversationDetail,
  success: [
    {
      status: 200,
      about: 'The conversation.',
      example: { ...conversationExample, contextFrom: null, workflow: { id: 'conversation:biz_x:9Qm2_kd-3hTYtr40fkWq2A', url: null } },
    },
  ],
  errors: ['conversation.not_found'],
  async handler({ ctx }, { params }) {
    const view = await getConversation(ctx, params);
    return { ...presentConversation(view), contextFrom: iso(view.conversation.contextFrom), workflow: view.workflow };
  },
});

const liveStateRoute = defineRoute({
  operation: 'getLiveState',
  method: 'get',
  path: '/api/conversations/:conversationId/state',
  access: 'staff',
  tag: 'Conversations',
  summary: "What the conversation's workflow does at this moment",
  params: conversationParams,
  output: LiveState,
  success: [{ status: 200, about: 'Asked of the running workflow.' }],
  errors: ['conversation.not_found', 'workflow.unreachable'],
  handler: ({ ctx }, { params }) => liveState(ctx, params),
});

const resetContextRoute = defineRoute({
  operation: 'resetContext',
  method: 'post',
  path: '/api/conversations/:conversationId/reset-context',
  access: 'staff',
  tag: 'Conversations',
  summary: 'Let the assistant forget what was said',
  params: conversationParams,
  success: [{ status: 204, about: 'The assistant starts afresh; the messages stay.' }],
  errors: ['conversation.not_found'],
  handler: ({ ctx }, { params }) => resetContext(ctx, params),
});

const markReadRoute = defineRoute({
  operation: 'markRead',
  method: 'post',
  path: '/api/conversations/:conversationId/read',
  access: 'staff',
  tag: 'Conversations',
  summary: 'Mark everything in it as read',
  params: conversationParams,
  success: [{ status: 204, about: 'Nothing is unread.' }],
  errors: ['conversation.not_found'],
  handler: ({ ctx }, { params }) => markRead(ctx, params),
});

export const conversationRoutes = [listConversationsRoute, getConversationRoute, liveStateRoute, resetContextRoute, markReadRoute];
