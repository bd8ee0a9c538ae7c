import type { PhoneChannel } from '#domain/channel';
import { isPhoneChannel } from '#domain/channel';
import { notFound } from '#domain/failure';
import type { SystemRepositories } from '#models/repositories';
import type { TwilioMessage } from '#providers/twilio/twilio-message';
import type { ServiceContext } from '../context.ts';
import { conversationIdOf } from '../conversations/conversation-address.ts';
import { signalMessage } from '../conversations/conversation-workflow.ts';

/** Twilio's list lags behind its webhooks, so every look goes back over what was seen already. */
const OVERLAP_MS = 5 * 60_000;
/** With no watermark yet, how far back the first look goes. */
const FIRST_LOOK_MS = 24 * 60 * 60_000;
/** A webhook on its way gets this much time before the list beats it. */
const WEBHOOK_GRACE_MS = 5_000;
const MOST_LISTED = 1_000;
const SIGNAL_WITHIN_MS = 5_000;

export interface ReconcileInboundInput {
  e164: string;
  watermarks: Pick<SystemRepositories['watermarks'], 'get' | 'set'>;
}

/**
 * Compares Twilio's list of what one number received with what we have, and hands what is missing to its conversation.
 * Also puts each thread into Twilio's order. Safe to repeat; the watermark moves only after everything listed is safe.
 */
export async function reconcileInbound(ctx: ServiceContext, { e164, watermarks }: ReconcileInboundInput): Promise<{ listed: number; recovered: number }> {
  const [account, profile] = await Promise.all([ctx.business.twilio(), ctx.business.profile()]);
  const number = profile.numbers.find((candidate) => candidate.e164 === e164);
  if (!account || !number) throw notFound('number');

  const startedAt = ctx.clock.now();
  const total = { listed: 0, recovered: 0 };
  for (const channel of number.channels.filter(isPhoneChannel)) {
    const mark = `${ctx.businessId}:${channel}:${e164}`;
    const seenUntil = (await watermarks.get(mark)) ?? new Date(startedAt.getTime() - FIRST_LOOK_MS);
    const listed = await ctx.twilio.list(account, { channel, to: e164, after: new Date(seenUntil.getTime() - OVERLAP_MS), limit: MOST_LISTED });
    const received = listed.filter((message) => message.direction === 'inbound').reverse();
    const settledBefore = startedAt.getTime() - WEBHOOK_GRACE_MS;
    for (const [customerAddress, theirs] of byCustomer(received)) {
      total.recovered += await recover(
        ctx,
        { channel, customerAddress, businessAddress: e164 },
        theirs.filter((message) => message.createdAt.getTime() <= settledBefore),
      );
    }
    total.listed += received.length;
    const newest = received.at(-1)?.createdAt.getTime();
    if (newest !== undefined) await watermarks.set(mark, new Date(Math.min(newest, settledBefore)));
  }
  if (total.recovered > 0) ctx.log.warn({ recovered: total.recovered }, 'messages whose webhook never came were found at Twilio');
  return total;
}

function byCustomer(messages: TwilioMessage[]): Map<string, TwilioMessage[]> {
  const groups = new Map<string, TwilioMessage[]>();
  for (const message of messages) {
    if (message.from !== null) groups.set(message.from, [...(groups.get(message.from) ?? []), message]);
  }
  return groups;
}

/** Messages of one customer, oldest first. */
async function recover(
  ctx: ServiceContext,
  address: { channel: PhoneChannel; customerAddress: string; businessAddress: string },
  messages: TwilioMessage[],
): Promise<number> {
  if (messages.length === 0) return 0;
  const conversationId = conversationIdOf(ctx, address);
  const known = await ctx.messages.states(
    conversationId,
    messages.map(({ sid }) => sid),
  );
  const missing = messages.filter(({ sid }) => !known.has(sid));
  for (const { sid, body, createdAt, numMedia } of missing) {
    await signalMessage(
      ctx,
      address,
      { messageId: sid, text: body, media: [], receivedAtMs: createdAt.getTime(), kind: numMedia > 0 ? 'media' : 'text' },
      SIGNAL_WITHIN_MS,
    );
  }
  // Twilio's dates have whole seconds: the list's own order tells messages of one second apart.
  await ctx.messages.alignOrder(
    conversationId,
    messages.map(({ sid, createdAt }, place) => ({ messageId: sid, occurredAt: new Date(createdAt.getTime() + Math.min(place, 999)) })),
  );
  return missing.length;
}
