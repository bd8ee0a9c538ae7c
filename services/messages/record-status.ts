import type { OutboundId } from '#domain/ids';
import type { MessageStatus } from '#domain/messages/status';
import { ruleForTwilioError } from '#domain/messages/twilio-errors';
import type { Message } from '#models/message';
import type { ServiceContext } from '../context.ts';
import { startParkedDelivery } from './start-parked-delivery.ts';

/** Failures Twilio reported after accepting; more of them are no passing trouble. */
const MOST_RESENDS = 2;

export interface RecordStatusInput {
  /** From the callback's own address; absent for messages sent without one. */
  outboundId?: OutboundId;
  sid: string;
  status: MessageStatus;
  errorCode?: number;
}

/**
 * Takes one status callback in. Callbacks come late, twice and out of order: the status only moves forward, and every one
 * is kept. A callback is proof that Twilio has the message, so it also settles a send of unknown outcome.
 */
export async function recordStatus(ctx: ServiceContext, { outboundId, sid, status, errorCode }: RecordStatusInput): Promise<void> {
  const { moved, message, duplicate } = await ctx.messages.recordStatus({ outboundId, sid, status, errorCode, at: ctx.clock.now() });
  if (!message) {
    ctx.log.debug({ sid, status }, 'a status callback names no message of ours');
    return;
  }
  if (duplicate) {
    ctx.log.error({ outboundId: message.id, sid }, 'Twilio has this message twice');
    await ctx.events.append({ type: 'message.duplicate_detected', conversationId: message.conversationId, data: { messageId: message.id } });
  }
  if (!moved) return;
  await ctx.events.append({
    type: 'message.status',
    conversationId: message.conversationId,
    data: { messageId: message.id, status, errorCode: errorCode ?? null },
  });
  if (isUndelivered(status) && !(await tryAgainLater(ctx, message, errorCode))) await ctx.conversations.raiseAttention(message.conversationId, 'send_failed');
}

const isUndelivered = (status: MessageStatus): boolean => status === 'failed' || status === 'undelivered';

/** A failure that Twilio reports is definite, so one that passes (a full queue, a phone out of reach) is sent again, slowly. */
async function tryAgainLater(ctx: ServiceContext, message: Message, errorCode: number | undefined): Promise<boolean> {
  const { policy } = ruleForTwilioError(errorCode);
  const failures = message.statusHistory.filter((change) => isUndelivered(change.status)).length;
  if ((policy !== 'retry' && policy !== 'retry_later') || failures > MOST_RESENDS) return false;
  const outboundId = message.id as OutboundId;
  if (!(await ctx.messages.revive(outboundId))) return false;
  await ctx.messages.park(outboundId, { waitsFor: 'twilio', nextTryAt: new Date(ctx.clock.nowMs() + (ctx.config.parkedRetryMs[0] ?? 0)), errorCode });
  await startParkedDelivery(ctx, outboundId, message.conversationId);
  return true;
}
