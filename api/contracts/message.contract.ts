import { z } from 'zod';
import { MESSAGE_STATUSES } from '#domain/messages/status';
import { At, Id, pageOf } from './shared.contract.ts';

export const QuickReply = z.object({ label: z.string(), payload: z.string() }).meta({ id: 'QuickReply' });

export const Message = z
  .object({
    id: z.string(),
    conversationId: z.string(),
    direction: z.enum(['inbound', 'outbound']),
    role: z.enum(['customer', 'assistant', 'member', 'system']),
    text: z.string(),
    media: z.array(z.object({ contentType: z.string(), url: z.string() })),
    quickReplies: z.array(QuickReply),
    at: At,
    coveredBy: z.string().nullable().meta({ description: 'Inbound: the message that answered it.' }),
    coverReason: z.string().nullable().meta({ description: 'Inbound: why it needed no answer of its own.' }),
    turnId: z.string().nullable(),
    delivery: z
      .object({
        state: z.enum(['planned', 'superseded', 'attempting', 'accepted', 'failed', 'unknown', 'parked']),
        attempts: z.number().int(),
        waitsFor: z.string().nullable(),
        nextTryAt: At.nullable(),
        error: z.object({ code: z.number().nullable(), text: z.string() }).nullable(),
      })
      .nullable(),
    status: z.enum(MESSAGE_STATUSES).nullable(),
    statusHistory: z.array(z.object({ status: z.enum(MESSAGE_STATUSES), at: At })),
    memberName: z.string().nullable(),
  })
  .meta({ id: 'Message' });

export const MessagePage = pageOf(Message, 'MessagePage');

const said = {
  text: z.string().trim().min(1).max(4_096),
  clientId: z.uuid().meta({ description: 'Made by you: sending it again is the same message, never a second one.' }),
};

export const NewMessage = z
  .union([
    z.object({ conversationId: Id, ...said }),
    z.object({
      channel: z.enum(['sms', 'whatsapp']),
      to: z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number such as +31612345678'),
      from: z
        .string()
        .regex(/^\+[1-9]\d{6,14}$/, 'a number such as +31201234567')
        .optional(),
      ...said,
    }),
  ])
  .meta({ id: 'NewMessage' });

export const TurnExplanation = z
  .object({
    turnId: z.string(),
    messageIds: z.array(z.string()),
    reply: z.object({ text: z.string().nullable(), intent: z.string(), confidence: z.number() }),
    trace: z.looseObject({ assistant: z.string(), language: z.string(), ms: z.number() }),
  })
  .meta({ id: 'Turn' });

export const messageExample: z.input<typeof Message> = {
  id: '9Qm2_kd-3hTYtr40fkWq2A.SM0123456789abcdef0123456789abcdef.0',
  conversationId: '9Qm2_kd-3hTYtr40fkWq2A',
  direction: 'outbound',
  role: 'assistant',
  text: 'We hebben twee Golfs staan. Zal ik ze laten zien?',
  media: [],
  quickReplies: [],
  at: '2026-11-20T10:15:02.000Z',
  coveredBy: null,
  coverReason: null,
  turnId: '9Qm2_kd-3hTYtr40fkWq2A.SM0123456789abcdef0123456789abcdef',
  delivery: { state: 'accepted', attempts: 1, waitsFor: null, nextTryAt: null, error: null },
  status: 'delivered',
  statusHistory: [{ status: 'delivered', at: '2026-11-20T10:15:04.000Z' }],
  memberName: null,
};
