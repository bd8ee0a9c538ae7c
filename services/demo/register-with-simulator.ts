import { setTimeout as pause } from 'node:timers/promises';
import type { Installation } from '../context.ts';
import { DEMO_BUSINESSES } from './demo-businesses.ts';

/** What Twilio is asked to do when a webhook fails; a 4xx is an answer and is not repeated. */
const CONNECTION_OVERRIDES = '#rc=3&rp=5xx,ct,rt&ct=3000&tt=15000';
const TRY_AGAIN_MS = 1_000;
const MOST_TRIES = 60;

/**
 * Tells the local simulator which numbers there are and where their webhooks go, as one would in Twilio's console.
 * Keeps trying for a minute while the simulator starts; false when it never answered. Safe to repeat.
 */
export async function registerWithSimulator({ config, log }: Pick<Installation, 'config' | 'log'>): Promise<boolean> {
  const { simulatorUrl, twilioAccountSid: accountSid, twilioAuthToken: authToken } = config;
  if (simulatorUrl === undefined || accountSid === undefined || authToken === undefined) return false;
  const secret = config.twilioWebhookSecret === undefined ? '' : `/${config.twilioWebhookSecret}`;
  const webhook = (kind: 'sms' | 'whatsapp'): string => `${config.webhookBaseUrl}/webhooks/twilio/${kind}${secret}${CONNECTION_OVERRIDES}`;
  const numbers = DEMO_BUSINESSES.flatMap((business) => business.numbers).map((number) => ({
    ...number,
    smsUrl: webhook('sms'),
    whatsappUrl: webhook('whatsapp'),
  }));
  const body = JSON.stringify({ accountSid, authToken, friendlyName: 'Demo', numbers });

  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await fetch(new URL('/_sim/accounts', simulatorUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(5_000),
      });
      if (answer.ok) return true;
      log.warn({ status: answer.status }, 'the simulator refused the demo numbers');
      return false;
    } catch (err) {
      if (tries >= MOST_TRIES) {
        log.warn({ err }, 'the simulator does not answer; its phones cannot write to the demo businesses');
        return false;
      }
      await pause(TRY_AGAIN_MS, undefined, { ref: false });
    }
  }
}
