import { setTimeout as sleep } from 'node:timers/promises';
import { StageFailure } from './failure.mjs';
import { writePrivately } from './secrets.mjs';

/**
 * What the simulated Twilio knows when it starts: the account, so that our first calls are let in.
 * @param {string} seedPath
 * @param {NodeJS.ProcessEnv} environment
 */
export function writeFirstSeed(seedPath, environment) {
  const account = { accountSid: environment.TWILIO_ACCOUNT_SID, authToken: environment.TWILIO_AUTH_TOKEN, friendlyName: 'Demo' };
  writePrivately(seedPath, { accounts: [account] });
}

/**
 * Waits until the API has registered its numbers at the simulator, and keeps them where a simulator that is started
 * again will find them. `clockFollowers` are told when the simulator's clock is moved.
 * @param {{ seedPath: string, simulatorUrl: string, clockFollowers?: string[], deadlineMs?: number, logPath?: string }} options
 * @throws {StageFailure} after the deadline
 */
export async function keepRegisteredNumbers({ seedPath, simulatorUrl, clockFollowers = [], deadlineMs = 30_000, logPath }) {
  const settings = { clockFollowers };
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const { accounts = [] } = await ask(`${simulatorUrl}/_sim/accounts`);
    if (accounts.some(({ numbers }) => numbers.length > 0)) {
      await ask(`${simulatorUrl}/_sim/settings`, settings);
      writePrivately(seedPath, { accounts, settings });
      return;
    }
    if (performance.now() > deadline) {
      const reason = `the API did not register its numbers at the simulator within ${deadlineMs / 1000} s`;
      throw new StageFailure({ stage: 'Demo', reason, logPath, fix: 'npm run reset starts with empty databases.' });
    }
    await sleep(100);
  }
}

/** @param {string} url @param {unknown} [body] posted as JSON when given */
async function ask(url, body) {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, { ...(body ? post : {}), signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  return response.json();
}
