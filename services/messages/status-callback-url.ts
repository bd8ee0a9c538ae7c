import type { OutboundId } from '#domain/ids';
import type { Config } from '#platform/config';

/** The callback itself names the row it is about, and Twilio signs it: this is how a send of unknown outcome is recognised. */
export function statusCallbackUrl(config: Pick<Config, 'webhookBaseUrl' | 'twilioWebhookSecret'>, outboundId: OutboundId): string {
  const secret = config.twilioWebhookSecret ? `/${config.twilioWebhookSecret}` : '';
  return `${config.webhookBaseUrl}/webhooks/twilio/status${secret}?out=${encodeURIComponent(outboundId)}`;
}
