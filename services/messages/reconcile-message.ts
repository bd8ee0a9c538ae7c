import { isPhoneChannel } from '#domain/channel';
import { isFailure, notFound } from '#domain/failure';
import type { OutboundId } from '#domain/ids';
import type { ReconcileOutcome } from '#domain/messages/delivery';
import { EMPTY_LOOKS_THAT_PROVE_ABSENCE } from '#domain/messages/delivery';
import { messageStatusIn } from '#domain/messages/status';
import type { ServiceContext } from '../context.ts';

/** Twilio's clock and ours may differ by this much. */
const CLOCK_SKEW_MS = 30_000;
const MOST_LISTED = 200;

/**
 * One look for a send of unknown outcome: its callback may have settled the row already, else Twilio's list tells.
 * A listed message counts when text and addresses are the same and no other row has claimed it, so two equal texts pair
 * one to one. After enough empty looks the row may be sent again. Safe to retry.
 */
export async function reconcileMessage(ctx: ServiceContext, { outboundId }: { outboundId: OutboundId }): Promise<ReconcileOutcome> {
  const message = await ctx.messages.get(outboundId);
  if (!message?.delivery) throw notFound('message');
  const { state, emptyLooks, attemptedAt, leaseUntil } = message.delivery;
  if (state === 'planned') return { found: false, emptyLooks: EMPTY_LOOKS_THAT_PROVE_ABSENCE };
  if (state === 'attempting') {
    // Somebody may be in the middle of the call: the doubt begins when their lease is over.
    const busyForMs = (leaseUntil?.getTime() ?? 0) - ctx.clock.nowMs();
    if (busyForMs > 0) return { found: false, emptyLooks: 0, busyForMs };
    await ctx.messages.markUnknown(outboundId);
  } else if (state !== 'unknown' && !message.delivery.unproven) {
    return { found: true };
  }

  const [conversation, account] = await Promise.all([ctx.conversations.get(message.conversationId), ctx.business.twilio()]);
  if (!conversation || !account || !isPhoneChannel(conversation.channel)) throw notFound('conversation');
  const after = new Date((attemptedAt ?? message.createdAt).getTime() - CLOCK_SKEW_MS);
  const route = { channel: conversation.channel, from: conversation.businessAddress, to: conversation.customerAddress };
  const listed = await ctx.twilio.list(account, { ...route, after, limit: MOST_LISTED }).catch(notReached);
  if (!listed) return { found: false, emptyLooks };

  const claimed = await ctx.messages.claimedSids(listed.map(({ sid }) => sid));
  for (const { sid, status, body } of listed) {
    if (claimed.has(sid) || body !== message.content) continue;
    if (await ctx.messages.markAccepted(outboundId, { sid, status: messageStatusIn(status) ?? 'queued', at: ctx.clock.now() })) {
      ctx.log.info({ outboundId, sid }, 'a send of unknown outcome was found at Twilio');
      return { found: true };
    }
  }
  const looks = (await ctx.messages.notePresenceLook(outboundId)) ?? 0;
  if (looks < EMPTY_LOOKS_THAT_PROVE_ABSENCE) return { found: false, emptyLooks: looks };
  await ctx.messages.markAbsent(outboundId);
  ctx.log.info({ outboundId, looks }, 'a send of unknown outcome never happened and may be tried again');
  return { found: false, emptyLooks: looks };
}

/** A list that did not come is no look at all. */
function notReached(thrown: unknown): undefined {
  if (!isFailure(thrown) || thrown.kind !== 'unavailable') throw thrown;
  return undefined;
}
