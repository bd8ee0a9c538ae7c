import { z } from 'zod';
import { CHANNELS } from '#domain/channel';
import { At, pageOf } from './shared.contract.ts';

export const OwnerSummary = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('assistant') }),
    z.object({ type: z.literal('member'), memberId: z.string().nullable(), name: z.string().nullable() }),
  ])
  .meta({ id: 'Owner', description: 'Who answers. A member without a name: the assistant handed over, and nobody has taken it yet.' });

const summary = {
  id: z.string(),
  customer: z.object({ id: z.string(), name: z.string().nullable(), phone: z.string().nullable(), email: z.string().nullable() }),
  channel: z.enum(CHANNELS),
  businessNumber: z.string(),
  status: z.enum(['open', 'closed']),
  owner: OwnerSummary,
  unreadCount: z.number().int(),
  attention: z.object({ reason: z.enum(['reply_overdue', 'hand_over', 'send_failed']), since: At }).nullable(),
  lastMessage: z.object({ text: z.string(), role: z.enum(['customer', 'assistant', 'member', 'system']), at: At }).nullable(),
  lastInboundAt: At.nullable(),
  windowEndsAt: At.nullable().meta({ description: 'WhatsApp: free text is possible until then.' }),
  language: z.enum(['nl', 'en']).nullable(),
};

export const ConversationSummary = z.object(summary).meta({ id: 'ConversationSummary' });

export const ConversationDetail = z
  .object({ ...summary, contextFrom: At.nullable(), workflow: z.object({ id: z.string(), url: z.string().nullable() }) })
  .meta({ id: 'Conversation' });

export const ConversationPage = pageOf(ConversationSummary, 'ConversationPage');

export const LiveState = z
  .object({
    owner: z.enum(['assistant', 'member', 'loading']),
    memberId: z.string().nullish(),
    doing: z.enum(['idle', 'listening', 'thinking', 'sending', 'checking', 'waiting_for_member']),
    waitingMessages: z.number().int(),
    turns: z.number().int(),
    lastActivityAtMs: z.number(),
    unansweredSinceMs: z.number().optional(),
    running: z.boolean(),
    workflowUrl: z.string().nullable(),
  })
  .meta({ id: 'LiveState' });

export const conversationExample: z.input<typeof ConversationSummary> = {
  id: '9Qm2_kd-3hTYtr40fkWq2A',
  customer: { id: 'cus_5tGk', name: 'Sanne de Vries', phone: '+31612345678', email: null },
  channel: 'whatsapp',
  businessNumber: '+31201234567',
  status: 'open',
  owner: { type: 'assistant' },
  unreadCount: 1,
  attention: null,
  lastMessage: { text: 'Ik zoek een Volkswagen Golf', role: 'customer', at: '2026-11-20T10:15:00.000Z' },
  lastInboundAt: '2026-11-20T10:15:00.000Z',
  windowEndsAt: '2026-11-21T10:15:00.000Z',
  language: 'nl',
};
