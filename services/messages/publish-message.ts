import { randomUUID } from 'node:crypto';
import type { OutboundId } from '#domain/ids';
import type { ServiceContext } from '../context.ts';

/**
 * Web chat: there is nobody to hand a message to, the browser reads it from here. Safe to retry.
 * False when the row was not to be published any more.
 */
export async function publishMessage(ctx: ServiceContext, { outboundId }: { outboundId: OutboundId }): Promise<boolean> {
  const at = ctx.clock.now();
  const claim = await ctx.messages.claim(outboundId, { lease: randomUUID(), at });
  const { state } = claim.message.delivery ?? {};
  if (state === 'accepted') return true;
  if (state !== 'attempting') return false;
  const published = await ctx.messages.markAccepted(outboundId, { status: 'delivered', at });
  if (published) {
    const { conversationId } = claim.message;
    await ctx.events.append({ type: 'message.status', conversationId, data: { messageId: outboundId, outcome: 'accepted', status: 'delivered' } });
  }
  return true;
}
