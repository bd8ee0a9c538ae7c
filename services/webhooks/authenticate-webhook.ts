import { Failure } from '#domain/failure';
import type { BusinessId } from '#domain/ids';
import type { FormFields } from '#providers/twilio/form-body';
import { parseFormBody } from '#providers/twilio/form-body';
import { isTwilioSignatureValid } from '#providers/twilio/signature';
import { accountSidOf } from '#providers/twilio/webhook-params';
import type { Installation } from '../context.ts';

export interface WebhookToAuthenticate {
  /** The body, byte for byte. */
  body: Buffer;
  /** The address Twilio called, from configuration: a Host or X-Forwarded-* header has no say in it. */
  url: string;
  signature: string;
}

export interface AuthenticWebhook {
  accountSid: string;
  fields: FormFields;
  /** The businesses whose token signed it; several may share one account. */
  businessIds: BusinessId[];
}

/**
 * Who sent this webhook. Nothing of the form is believed before the signature stands, except which account claims to have sent it.
 * @throws Failure `webhook.malformed`, `webhook.duplicate_key`, `webhook.too_large`, `webhook.invalid` (400), `webhook.unknown_account`,
 * `webhook.signature_invalid` (403), `numbers.unavailable` (503: whose account it is cannot be known now).
 */
export async function authenticateWebhook(
  installation: Pick<Installation, 'numbers'>,
  { body, url, signature }: WebhookToAuthenticate,
): Promise<AuthenticWebhook> {
  const fields = parseFormBody(body);
  const accountSid = accountSidOf(fields);
  const holders = await installation.numbers.findAccount(accountSid);
  if (holders.length === 0) throw new Failure('forbidden', 'webhook.unknown_account', 'No business here has this account.');

  const signers = holders.filter(({ authToken }) => isTwilioSignatureValid({ authToken, url, params: fields, signature }));
  if (signers.length === 0) throw new Failure('forbidden', 'webhook.signature_invalid', 'The signature does not match.');
  return { accountSid, fields, businessIds: signers.map(({ businessId }) => businessId) };
}
