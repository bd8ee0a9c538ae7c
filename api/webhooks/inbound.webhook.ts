import type { AuthenticWebhook } from '#services/webhooks/authenticate-webhook';
import { receiveInboundWebhook } from '#services/webhooks/receive-inbound-webhook';
import type { ApiScope } from '../calls.ts';
import type { WebhookAnswer } from './twilio-webhooks.ts';

/** Nothing to say now: the reply goes out through the API when it is ready. */
const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** A customer's SMS or WhatsApp message: answered only once it is durable. */
export async function answerInbound({ installation, limits, metrics }: ApiScope, webhook: AuthenticWebhook): Promise<WebhookAnswer> {
  const received = await receiveInboundWebhook(installation, { webhook, rate: limits.inbound, perMinute: installation.config.inboundPerMinute });
  const { outcome, messageSid } = received;
  if (outcome === 'throttled') {
    metrics.rateLimited.inc({ limit: 'inbound' });
    return {
      status: 429,
      type: 'text/plain',
      body: 'Too many requests, please slow down',
      outcome,
      messageSid,
      businessId: received.businessId,
      headers: { 'Retry-After': String(Math.ceil(received.retryAfterMs / 1_000)) },
    };
  }
  if (outcome === 'unknown_number')
    installation.log.warn({ accountSid: webhook.accountSid, messageSid }, 'a webhook for a number that no business has: not answered');
  return { status: 200, type: 'text/xml', body: EMPTY_TWIML, outcome, messageSid, businessId: outcome === 'received' ? received.businessId : null };
}
