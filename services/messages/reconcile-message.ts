import { isPhoneChannel } from '#domain/channel';
import { isFailure, notFound } from '#domain/failure';
import type { OutboundId } from '#domain/ids';
import type { ReconcileOutcome } from '#domain/messages/delivery';
import { EMPTY_LOOKS_THAT_PROVE_ABSENCE } from '#domain/messages/delivery';
import { messageStatusIn } from '#domain/messages/status';
import type { Delivery, Message } from '#models/message';
import type { TwilioMessage } from '#providers/twilio/twilio-message';
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
  const settled = await settledAlready(ctx, outboundId, message.delivery);
  if (settled) return settled;

  const listed = await listAtTwilio(ctx, message);
  if (!listed) return { found: false, emptyLooks: message.delivery.emptyLooks };
  if (await claimOne(ctx, message, listed)) return { found: true };

  const emptyLooks = (await ctx.messages.notePresenceLook(outboundId)) ?? 0;
  if (emptyLooks >= EMPTY_LOOKS_THAT_PROVE_ABSENCE) {
    await ctx.messages.markAbsent(outboundId);
    ctx.log.info({ outboundId, emptyLooks }, 'a send of unknown outcome never happened and may be tried again');
  }
  return { found: false, emptyLooks };
}

/** The row may be out of doubt already, or not yet in doubt. */
async function settledAlready(ctx: ServiceContext, outboundId: OutboundId, { state, leaseUntil, unproven }: Delivery): Promise<ReconcileOutcome | undefined> {
  if (state === 'unknown' || unproven) return undefined;
  if (state === 'planned') return { found: false, emptyLooks: EMPTY_LOOKS_THAT_PROVE_ABSENCE };
  if (state !== 'attempting') return { found: true };
  // Somebody may be in the middle of the call: the doubt begins when their lease is over.
  const busyForMs = (leaseUntil?.getTime() ?? 0) - ctx.clock.nowMs();
  if (busyForMs > 0) return { found: false, emptyLooks: 0, busyForMs };
  await ctx.messages.markUnknown(outboundId);
  return undefined;
}

/** What Twilio has between the two addresses since the try; undefined when it could not be asked, which is no look at all. */
async function listAtTwilio(ctx: ServiceContext, message: Message): Promise<TwilioMessage[] | undefined> {
  const [conversation, account] = await Promise.all([ctx.conversations.get(message.conversationId), ctx.business.twilio()]);
  if (!conversation || !account || !isPhoneChannel(conversation.channel)) throw notFound('conversation');
  const { channel, businessAddress: from, customerAddress: to } = conversation;
  const after = new Date((message.delivery?.attemptedAt ?? message.createdAt).getTime() - CLOCK_SKEW_MS);
  try {
    return await ctx.twilio.list(account, { channel, from, to, after, limit: MOST_LISTED });
  } catch (thrown) {
    if (isFailure(thrown) && thrown.kind === 'unavailable') return undefined;
    throw thrown;
  }
}

async function claimOne(ctx: ServiceContext, message: Message, listed: readonly TwilioMessage[]): Promise<boolean> {
  const outboundId = message.id as OutboundId;
  const claimed = await ctx.messages.claimedSids(listed.map(({ sid }) => sid));
  for (const { sid, status, body } of listed) {
    if (claimed.has(sid) || !isSameText(body, message.content)) continue;
    if (await ctx.messages.markAccepted(outboundId, { sid, status: messageStatusIn(status) ?? 'queued', at: ctx.clock.now() })) {
      ctx.log.info({ outboundId, sid }, 'a send of unknown outcome was found at Twilio');
      return true;
    }
  }
  return false;
}

/** Spaces may be tidied on the way, and trial accounts put a sentence of Twilio's in front. */
function isSameText(listed: string, written: string): boolean {
  const [theirs, ours] = [listed, written].map((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim());
  return theirs === ours || (theirs?.startsWith('Sent from your Twilio trial account') === true && theirs.endsWith(ours ?? ''));
}
