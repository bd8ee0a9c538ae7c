import type { OutboundId } from '#domain/ids';
import type { MessageStatus } from '#domain/messages/status';
import type { ServiceContext } from '../context.ts';

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
  await ctx.events.append({ type: 'message.status', conversationId: message.conversationId, data: { messageId: message.id, status, errorCode: errorCode ?? null } });
  if (status === 'failed' || status === 'undelivered') await ctx.conversations.raiseAttention(message.conversationId, 'send_failed');
}
