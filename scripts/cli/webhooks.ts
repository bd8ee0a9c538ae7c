import type { Config } from '#platform/config';
import { ConfigError, isLocal, loadConfig } from '#platform/config';

/** Asks Twilio to try three times more when we answer 5xx, cannot be connected to, or are too slow. A 429 is an answer and is not repeated. */
const CONNECTION_OVERRIDES = '#rc=3&rp=5xx,ct,rt&ct=3000&tt=15000';

export interface WebhookAddress {
  /** The field's name in the Twilio console. */
  field: string;
  url: string;
}

/** What to paste into the Twilio console, per sender. Status callbacks are named with every message and need no entry. */
export function webhookAddresses(config: Pick<Config, 'webhookBaseUrl' | 'twilioWebhookSecret'>): Record<'Phone number' | 'WhatsApp sender', WebhookAddress[]> {
  const address = (kind: 'sms' | 'whatsapp') =>
    `${config.webhookBaseUrl}/webhooks/twilio/${kind}${config.twilioWebhookSecret ? `/${config.twilioWebhookSecret}` : ''}`;
  const entries = (kind: 'sms' | 'whatsapp', field: string, fallback: string): WebhookAddress[] => [
    { field, url: address(kind) + CONNECTION_OVERRIDES },
    { field: fallback, url: address(kind) },
  ];
  return {
    'Phone number': entries('sms', 'Messaging: a message comes in', 'Messaging: primary handler fails'),
    'WhatsApp sender': entries('whatsapp', 'Webhook URL for incoming messages', 'Fallback URL for incoming messages'),
  };
}

/** Returns the exit code. */
export function printWebhooks(environment: NodeJS.ProcessEnv, print: (line: string) => void): number {
  try {
    const config = loadConfig(environment);
    for (const [sender, addresses] of Object.entries(webhookAddresses(config))) {
      print(`${sender} (HTTP POST)`);
      for (const { field, url } of addresses) print(`  ${field}\n    ${url}`);
    }
    if (isLocal(config.webhookBaseUrl)) print('Twilio cannot reach localhost: set PUBLIC_URL or TWILIO_WEBHOOK_URL first.');
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    print(error.message);
    return 1;
  }
}
