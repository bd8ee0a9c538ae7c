import { writePrivately } from './secrets.mjs';

/**
 * The simulated Twilio account: written to a file, which a simulator reads when it starts (also when it is started
 * again), and told to the one that runs.
 * @param {{ seedPath: string, environment: NodeJS.ProcessEnv, numbers?: { e164: string, channels: string[] }[], simulatorUrl?: string, clockFollowers?: string[] }} options
 */
export async function seedSimulator({ seedPath, environment, numbers = [], simulatorUrl, clockFollowers = [] }) {
  const base = (environment.TWILIO_WEBHOOK_URL || environment.PUBLIC_URL).replace(/\/+$/, '');
  const secret = environment.TWILIO_WEBHOOK_SECRET ? `/${environment.TWILIO_WEBHOOK_SECRET}` : '';
  const account = {
    accountSid: environment.TWILIO_ACCOUNT_SID,
    authToken: environment.TWILIO_AUTH_TOKEN,
    friendlyName: 'Demo',
    numbers: numbers.map(({ e164, channels }) => ({
      e164,
      channels: channels.filter((channel) => channel === 'sms' || channel === 'whatsapp'),
      smsUrl: `${base}/webhooks/twilio/sms${secret}`,
      whatsappUrl: `${base}/webhooks/twilio/whatsapp${secret}`,
    })),
  };
  const settings = { clockFollowers };
  writePrivately(seedPath, { accounts: [account], settings });
  if (!simulatorUrl) return;
  await post(`${simulatorUrl}/_sim/accounts`, account);
  await post(`${simulatorUrl}/_sim/settings`, settings);
}

/** @param {string} url @param {unknown} body */
async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5000),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
}
