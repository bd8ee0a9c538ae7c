import { z } from 'zod';
import type { Reply } from '#domain/assistant/assistant.port';
import type { Channel } from '#domain/channel';
import { normaliseInboundText } from '#domain/messages/inbound-text';
import { splitForChannel } from '#domain/messages/outbound-text';

/** Far above any answer worth sending; what exceeds it is a model gone astray. */
const ABSURD_LENGTH = 20_000;

const Language = z.enum(['nl', 'en']);
const ReplyShape = z.object({
  text: z.string().max(ABSURD_LENGTH).nullable(),
  quickReplies: z
    .array(z.object({ label: z.string().min(1).max(40), payload: z.string().min(1).max(256) }))
    .max(10)
    .optional(),
  intent: z.string().min(1).max(60),
  confidence: z.number().min(0).max(1),
  actions: z
    .array(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('hand_over'), reason: z.enum(['asked', 'unsure', 'policy']) }),
        z.object({ type: z.literal('mark_language'), language: Language }),
      ]),
    )
    .max(10),
  memory: z.record(z.string(), z.unknown()),
  trace: z.object({ assistant: z.enum(['built-in', 'openai', 'fallback']), language: Language }).loose(),
});

/**
 * What an assistant said, made fit to send: control characters gone, one message long (cut at the end of a sentence).
 * null: it said nothing usable, in a way that is no decision to stay silent.
 */
export function passGates(reply: Reply, channel: Channel): Reply | null {
  if (!ReplyShape.safeParse(reply).success) return null;
  if (reply.text === null) return reply;
  const [text] = splitForChannel(channel, normaliseInboundText(reply.text).text);
  return text === undefined || !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text) ? null : { ...reply, text };
}
