import type { BusinessId, OutboundId } from '#domain/ids';
import { fromTwilioAddress } from '#providers/twilio/addresses';
import { parseStatusWebhook } from '#providers/twilio/webhook-params';
import type { Installation } from '../context.ts';
import { recordStatus } from '../messages/record-status.ts';
import type { AuthenticWebhook } from './authenticate-webhook.ts';

/** An OutboundId as we write it into the callback's address; anything else there is not ours. */
const OUTBOUND_ID = /^[\w.:-]{1,200}$/;

export interface StatusWebhookInput {
  webhook: AuthenticWebhook;
  /** `?out=` of the signed address: which of our messages this is about, even before we know its sid. */
  out: string | undefined;
}

/**
 * Moves a message's status forward. Safe to repeat and to reorder.
 * @throws Failure `webhook.invalid` (400).
 */
export async function recordStatusWebhook(
  installation: Installation,
  { webhook, out }: StatusWebhookInput,
): Promise<{ messageSid: string; businessId: BusinessId | null }> {
  const { sid, status, errorCode } = parseStatusWebhook(webhook.fields);
  const outboundId = out !== undefined && OUTBOUND_ID.test(out) ? (out as OutboundId) : undefined;
  const businessId = await businessOf(installation, webhook, outboundId, sid);
  if (businessId && status)
    await recordStatus(installation.forBusiness(businessId, { type: 'system', job: 'status-callback' }), { outboundId, sid, status, errorCode });
  return { messageSid: sid, businessId };
}

/** The sender's number says whose message it is; an account that several businesses share without one is searched. */
async function businessOf(installation: Installation, webhook: AuthenticWebhook, outboundId: OutboundId | undefined, sid: string): Promise<BusinessId | null> {
  const [only, ...others] = webhook.businessIds;
  if (only && others.length === 0) return only;
  const sender = fromTwilioAddress(webhook.fields['From'] ?? '');
  const owner = sender && installation.numbers.businessOf(webhook.accountSid, sender);
  if (owner && webhook.businessIds.includes(owner.businessId)) return owner.businessId;
  for (const businessId of webhook.businessIds) {
    const { messages } = installation.forBusiness(businessId, { type: 'system', job: 'status-callback' });
    const known = (outboundId && (await messages.get(outboundId))) || (await messages.claimedSids([sid])).size > 0;
    if (known) return businessId;
  }
  return null;
}
