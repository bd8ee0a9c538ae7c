import { randomUUID } from 'node:crypto';
import { isPhoneChannel } from '#domain/channel';
import { notFound } from '#domain/failure';
import type { OutboundId } from '#domain/ids';
import type { DeliveryOutcome, WaitsFor } from '#domain/messages/delivery';
import { messageStatusIn } from '#domain/messages/status';
import { OPTED_OUT_CODE, ruleForTwilioError } from '#domain/messages/twilio-errors';
import { mayWriteFreely } from '#domain/messages/whatsapp-window';
import type { Conversation } from '#models/conversation';
import type { Message } from '#models/message';
import type { SendResult } from '#providers/twilio/messaging';
import type { ServiceContext } from '../context.ts';
import { publishMessage } from './publish-message.ts';
import { statusCallbackUrl } from './status-callback-url.ts';

/** 1 try + 3 retries (M2); counted in the row, so a worker that dies does not use one up unnoticed. */
const MOST_QUICK_TRIES = 4;
/** A try whose worker has not settled it this long after Twilio's time-out was left by a worker that died. */
const LEASE_MARGIN_MS = 1_000;
/** A late copy must not arrive hours later. */
const VALID_FOR_SECONDS = 4 * 60 * 60;

/**
 * The only code that sends. The row is claimed before the call and settled after it, so of any number of callers one
 * calls Twilio, and a claim whose worker died reads as unknown instead of being sent again. Safe to retry.
 */
export async function deliverMessage(ctx: ServiceContext, { outboundId }: { outboundId: OutboundId }): Promise<DeliveryOutcome> {
  const message = await ctx.messages.get(outboundId);
  if (!message?.delivery) throw notFound('message');
  const settled = outcomeOfSettled(message);
  if (settled) return settled;

  const conversation = await ctx.conversations.get(message.conversationId);
  if (!conversation) throw notFound('conversation');
  const { channel } = conversation;
  if (!isPhoneChannel(channel)) return { outcome: (await publishMessage(ctx, { outboundId })) ? 'accepted' : 'superseded' };
  const [refusal, account] = await Promise.all([whyNotToSend(ctx, message, conversation), ctx.business.twilio()]);
  if (refusal) return refusal;
  if (!account) {
    await ctx.messages.park(outboundId, { waitsFor: 'credentials', nextTryAt: laterOn(ctx) });
    return await told(ctx, message, { outcome: 'parked', waitsFor: 'credentials' });
  }

  const sender = `${channel}:${conversation.businessAddress}`;
  await ctx.pacer.waitForTurn(sender, channel === 'whatsapp' ? ctx.config.whatsappPerSecond : ctx.config.smsPerSecond);

  const claim = await ctx.messages.claim(outboundId, { lease: randomUUID(), at: ctx.clock.now(), leaseMs: ctx.config.twilioTimeoutMs + LEASE_MARGIN_MS });
  if (!claim.claimed) return outcomeOfSettled(claim.message) ?? { outcome: 'unknown' };
  const result = await ctx.twilio.send(account, {
    channel,
    from: conversation.businessAddress,
    to: conversation.customerAddress,
    body: message.content,
    statusCallback: statusCallbackUrl(ctx.config, outboundId),
    validitySeconds: VALID_FOR_SECONDS,
  });
  return await told(ctx, message, await settle(ctx, claim.message, result));
}

/** What is over stays over, and a claim that nobody settled is a doubt. */
function outcomeOfSettled(message: Message): DeliveryOutcome | undefined {
  switch (message.delivery?.state) {
    case 'accepted':
      return { outcome: 'accepted' };
    case 'superseded':
      return { outcome: 'superseded' };
    case 'failed':
      return { outcome: 'refused', errorCode: message.delivery.errorCode };
    case 'attempting':
    case 'unknown':
      return { outcome: 'unknown' };
    default:
      return undefined;
  }
}

async function whyNotToSend(ctx: ServiceContext, message: Message, conversation: Conversation): Promise<DeliveryOutcome | undefined> {
  const { channel, customerAddress, businessAddress } = conversation;
  const optedOut = await ctx.optOuts.isOptedOut({ channel, address: customerAddress, businessAddress });
  if (optedOut && message.metadata.mayReachOptedOut !== true) {
    await ctx.messages.markFailed(message.id as OutboundId, { errorCode: OPTED_OUT_CODE });
    return await told(ctx, message, { outcome: 'refused', errorCode: OPTED_OUT_CODE });
  }
  if (!mayWriteFreely(channel, conversation.lastInboundAt?.getTime(), ctx.clock.nowMs())) {
    await ctx.messages.park(message.id as OutboundId, { waitsFor: 'template', nextTryAt: laterOn(ctx) });
    return await told(ctx, message, { outcome: 'parked', waitsFor: 'template' });
  }
  return undefined;
}

async function settle(ctx: ServiceContext, message: Message, result: SendResult): Promise<DeliveryOutcome> {
  const outboundId = message.id as OutboundId;
  const at = ctx.clock.now();
  // Whoever lost the claim meanwhile changes nothing: the row belongs to the try that holds it.
  const lease = message.delivery?.lease;
  switch (result.result) {
    case 'accepted':
      await ctx.messages.markAccepted(outboundId, { sid: result.sid, status: messageStatusIn(result.status) ?? 'queued', at });
      return { outcome: 'accepted' };
    case 'refused': {
      const waitsFor = waitsAfterRefusal(result.errorCode);
      if (waitsFor) {
        await ctx.messages.park(outboundId, { waitsFor, nextTryAt: laterOn(ctx), errorCode: result.errorCode, lease });
        return { outcome: 'parked', waitsFor };
      }
      await ctx.messages.markFailed(outboundId, { errorCode: result.errorCode, httpStatus: result.httpStatus, lease });
      return { outcome: 'refused', errorCode: result.errorCode };
    }
    case 'retryable': {
      const triesLeft = MOST_QUICK_TRIES - (message.delivery?.attempts ?? MOST_QUICK_TRIES);
      if (triesLeft > 0) {
        await ctx.messages.markRetryable(outboundId, { errorCode: result.errorCode, lease });
        return { outcome: 'retryable', triesLeft, waitMs: result.retryAfterMs };
      }
      await ctx.messages.park(outboundId, { waitsFor: 'twilio', nextTryAt: laterOn(ctx), errorCode: result.errorCode, lease });
      return { outcome: 'parked', waitsFor: 'twilio' };
    }
    case 'unknown':
      await ctx.messages.markUnknown(outboundId, { lease });
      return { outcome: 'unknown' };
  }
}

/** Some refusals end by themselves, or when somebody puts a setting right: these messages keep their place. */
function waitsAfterRefusal(errorCode: number | undefined): WaitsFor | undefined {
  switch (ruleForTwilioError(errorCode).policy) {
    case 'window':
      return 'template';
    case 'credentials':
      return 'credentials';
    case 'retry':
    case 'retry_later':
      return 'twilio';
    default:
      return undefined;
  }
}

const laterOn = (ctx: ServiceContext): Date => new Date(ctx.clock.nowMs() + (ctx.config.parkedRetryMs[0] ?? 60_000));

/** Staff see every change of a message at once. */
async function told(ctx: ServiceContext, message: Message, outcome: DeliveryOutcome): Promise<DeliveryOutcome> {
  await ctx.events.append({ type: 'message.status', conversationId: message.conversationId, data: { messageId: message.id, outcome: outcome.outcome } });
  if (outcome.outcome === 'refused' || outcome.outcome === 'parked') {
    await ctx.conversations.raiseAttention(message.conversationId, 'send_failed');
    ctx.log.warn({ outboundId: message.id, ...outcome }, 'message not sent');
  }
  return outcome;
}
