import type { Channel } from '#domain/channel';
import type { ConversationTimings } from '#domain/conversations/timings';
import { PRODUCTION_TIMINGS } from '#domain/conversations/timings';
import type { ConversationId } from '#domain/ids';
import type { ServiceContext } from '../context.ts';

/** The three things that make a conversation: its id is an HMAC over them. Addresses are opaque strings of the channel. */
export interface ConversationAddress {
  channel: Channel;
  customerAddress: string;
  businessAddress: string;
}

export const conversationIdOf = (ctx: Pick<ServiceContext, 'keys' | 'businessId'>, address: ConversationAddress): ConversationId =>
  ctx.keys.conversationId(ctx.businessId, address.channel, address.customerAddress, address.businessAddress);

/** Web chat answers at once: the browser waits in the same request. */
export function timingsFor(config: ServiceContext['config'], channel: Channel): ConversationTimings {
  return {
    ...PRODUCTION_TIMINGS,
    quietMs: channel === 'web' ? 0 : config.quietMs,
    maxBurstMs: config.maxBurstMs,
    alertAfterMs: config.replyAlertAfterMs,
    fallbackAfterMs: config.replyFallbackAfterMs,
    takeoverIdleMs: config.takeoverTimeoutMs,
    reconcileEveryMs: config.reconcileEveryMs,
    sendRetryMs: config.sendRetryMs,
    idleMs: config.idleCloseMs,
    parkedRetryMs: config.parkedRetryMs,
    historyLimit: config.historyLimit,
  };
}
