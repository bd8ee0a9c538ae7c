import { z } from 'zod';
import { MAX_INBOUND_TEXT } from '#domain/messages/inbound-text';
import { QuickReply } from './message.contract.ts';
import { At, Id, pageOf } from './shared.contract.ts';

export const ChatMessage = z
  .object({
    id: z.string(),
    role: z.enum(['customer', 'assistant', 'member', 'system']),
    text: z.string(),
    quickReplies: z.array(QuickReply).optional(),
    at: At,
  })
  .meta({ id: 'ChatMessage' });

export const OpenChatSession = z
  .object({
    businessId: Id,
    token: z.string().max(4_096).optional().meta({ description: 'From the visit before, to go on with it.' }),
    identity: z
      .object({
        externalId: z.string().min(1).max(200).meta({ description: 'Your id of a user who is signed in on your website.' }),
        name: z.string().trim().min(1).max(100).optional(),
        email: z.email().max(254).optional(),
        signature: z
          .string()
          .regex(/^[0-9a-f]{64}$/, 'HMAC-SHA256 in hexadecimal')
          .meta({ description: 'HMAC-SHA256 of `externalId` under your identity secret, made on your server.' }),
      })
      .optional(),
  })
  .meta({ id: 'OpenChatSession' });

export const ChatSession = z
  .object({
    token: z.string(),
    sessionId: z.string(),
    conversationId: z.string(),
    resumed: z.boolean(),
    expiresAt: At,
    business: z.object({ name: z.string(), locale: z.string() }),
    messages: z.array(ChatMessage),
  })
  .meta({ id: 'ChatSession' });

export const SendChatMessage = z
  .object({
    messageId: z.uuid().meta({ description: 'Made by the browser. Sending it again asks for the same answer.' }),
    text: z.string().trim().min(1).max(MAX_INBOUND_TEXT),
    buttonPayload: z.string().min(1).max(256).optional().meta({ description: 'The payload of the quick reply that was tapped.' }),
  })
  .meta({ id: 'SendChatMessage' });

export const ChatReply = z
  .object({ state: z.enum(['answered', 'with_staff', 'silent', 'again']), reply: ChatMessage.nullable() })
  .meta({ id: 'ChatReply', description: '`again` (202): no answer yet; send the same messageId once more.' });

export const ChatHistory = pageOf(ChatMessage, 'ChatHistory');

export const chatReplyExample: z.input<typeof ChatReply> = {
  state: 'answered',
  reply: {
    id: '9Qm2_kd-3hTYtr40fkWq2A.0b9d2f6e-93a1-4a52-9a57-6d0b6a0f9a10.0',
    role: 'assistant',
    text: 'We zijn vandaag open tot 18:00.',
    at: '2026-11-20T10:15:01.000Z',
  },
};
