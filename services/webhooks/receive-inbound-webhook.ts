import type { BusinessId } from '#domain/ids';
import type { DistinctRate } from '#platform/distinct-rate';
import { parseInboundWebhook } from '#providers/twilio/webhook-params';
import type { Installation } from '../context.ts';
import { conversationIdOf } from '../conversations/conversation-address.ts';
import { receiveMessage } from '../messages/receive-message.ts';
import type { AuthenticWebhook } from './authenticate-webhook.ts';

export type InboundOutcome = { messageSid: string } & (
  | { outcome: 'received'; businessId: BusinessId }
  /** Stored like any other, and answered when the phone's minute has passed. */
  | { outcome: 'throttled'; businessId: BusinessId; retryAfterMs: number }
  /** A number of the account that nobody here serves: there is nobody to answer for. */
  | { outcome: 'unknown_number' }
);

/**
 * Makes a customer's message durable; when this returns, Twilio may be told. Safe to repeat with the same webhook.
 * @throws Failure `webhook.invalid` (400), `numbers.unavailable` and `intake.unavailable` (503, nothing was stored).
 */
export async function receiveInboundWebhook(
  installation: Installation,
  input: { webhook: AuthenticWebhook; rate: DistinctRate; perMinute: number },
): Promise<InboundOutcome> {
  const { from, to, message } = parseInboundWebhook(input.webhook.fields, { receivedAtMs: installation.clock.nowMs() });
  const owner = await installation.numbers.findBusiness(input.webhook.accountSid, to);
  if (!owner || !input.webhook.businessIds.includes(owner.businessId)) return { outcome: 'unknown_number', messageSid: message.messageId };

  const { businessId } = owner;
  const { count, repeated, resetsInMs } = await input.rate.note(`${businessId}\n${from.address}`, message.messageId);
  const throttled = count > input.perMinute && !repeated;
  if (throttled) message.throttledUntilMs = installation.clock.nowMs() + resetsInMs;

  const conversation = { channel: from.channel, customerAddress: from.address, businessAddress: to.address };
  const conversationId = conversationIdOf({ keys: installation.keys, businessId }, conversation);
  await receiveMessage(installation.forBusiness(businessId, { type: 'customer', conversationId }), { conversation, message });
  return { messageSid: message.messageId, businessId, ...(throttled ? { outcome: 'throttled', retryAfterMs: resetsInMs } : { outcome: 'received' }) };
}
