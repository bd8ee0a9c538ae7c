import type { BusinessId } from '#domain/ids';
import { maskData } from '#platform/mask';
import type { FormFields } from '#providers/twilio/form-body';
import type { Installation } from '../context.ts';

/** What helps to find out why a webhook came; the signature and everything unknown stays out. */
const KEPT_HEADERS = ['user-agent', 'content-type', 'content-length', 'i-twilio-idempotency-token', 'x-home-region'];

export interface AnsweredWebhook {
  businessId: BusinessId;
  /** The route, without any secret. */
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  fields: FormFields;
  accountSid: string;
  messageSid?: string;
  status: number;
  ms: number;
}

/** Writes a verified webhook, masked, to the log staff may read. Called after the answer has gone out. */
export async function logWebhook(installation: Installation, { businessId, headers, fields, ...facts }: AnsweredWebhook): Promise<void> {
  const kept = KEPT_HEADERS.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]] as const] : []));
  await installation.forBusiness(businessId, { type: 'system', job: 'webhook-log' }).webhookLog.record({
    ...facts,
    headers: maskData(Object.fromEntries(kept)) as Record<string, string>,
    body: maskData(fields) as Record<string, string>,
    verified: true,
  });
}
