import type { Request } from 'express';
import type { AuthenticWebhook } from '#services/webhooks/authenticate-webhook';
import { recordStatusWebhook } from '#services/webhooks/record-status-webhook';
import type { ApiScope } from '../calls.ts';
import type { WebhookAnswer } from './twilio-webhooks.ts';

/** What became of a message we sent; the `out` of the signed address says which it was. */
export async function answerStatus({ installation }: ApiScope, webhook: AuthenticWebhook, req: Request): Promise<WebhookAnswer> {
  const out = req.query['out'];
  const { messageSid, businessId } = await recordStatusWebhook(installation, { webhook, out: typeof out === 'string' ? out : undefined });
  return { status: 200, type: 'text/plain', body: '', outcome: businessId ? 'recorded' : 'unknown_message', messageSid, businessId };
}
