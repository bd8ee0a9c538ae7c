import type { OutboundId } from '#domain/ids';
import type { ServiceContext } from '../context.ts';

/** Gives a send up for now: it keeps its place and says what it waits for. Safe to retry. */
export async function parkMessage(ctx: ServiceContext, { outboundId, nextTryInMs }: { outboundId: OutboundId; nextTryInMs: number }): Promise<void> {
  const parked = await ctx.messages.park(outboundId, { waitsFor: 'twilio', nextTryAt: new Date(ctx.clock.nowMs() + nextTryInMs) });
  if (parked) await announce(ctx, outboundId, 'parked');
}

/** Ends a parked send that is no longer worth sending. Safe to retry. */
export async function expireParkedMessage(ctx: ServiceContext, { outboundId }: { outboundId: OutboundId }): Promise<void> {
  const ended = await ctx.messages.markFailed(outboundId, {});
  if (ended) await announce(ctx, outboundId, 'expired');
}

async function announce(ctx: ServiceContext, outboundId: OutboundId, outcome: 'parked' | 'expired'): Promise<void> {
  const message = await ctx.messages.get(outboundId);
  if (!message) return;
  await ctx.conversations.raiseAttention(message.conversationId, 'send_failed');
  await ctx.events.append({ type: 'message.status', conversationId: message.conversationId, data: { messageId: outboundId, outcome } });
}
