import { setTimeout as sleep } from 'node:timers/promises';
import { StageFailure } from './failure.mjs';

/** The demo's part of the API; test mode only. Undefined, or empty, when the API does not answer. */

/** @param {string} api @param {string | undefined} apiKey @returns {Promise<{ id: string, name: string, numbers: { e164: string, channels: string[] }[] }[]>} */
export async function demoBusinesses(api, apiKey) {
  const answer = await ask(`${api}/api/demo`, apiKey);
  return (answer?.businesses ?? []).map(({ id, name, numbers }) => ({ id, name, numbers: numbers.map(({ e164, channels }) => ({ e164, channels })) }));
}

/** The API is ready before it has seeded its demo: waits for that. @param {string} api @param {string | undefined} apiKey @throws {StageFailure} after the deadline */
export async function seededBusinesses(api, apiKey, { deadlineMs = 30_000, logPath } = {}) {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const businesses = await demoBusinesses(api, apiKey);
    if (businesses.length > 0) return businesses;
    if (performance.now() > deadline) {
      throw new StageFailure({
        stage: 'Demo',
        reason: `no demo business after ${deadlineMs / 1000} s`,
        logPath,
        fix: 'npm run reset starts with empty databases.',
      });
    }
    await sleep(100);
  }
}

/** A one-time link that signs the demo's member in. @param {string} api @param {string | undefined} apiKey @returns {Promise<string | undefined>} */
export async function askSignInLink(api, apiKey) {
  const answer = await ask(`${api}/api/demo/sign-in-link`, apiKey, { method: 'POST', body: '{}' });
  return answer?.url;
}

/** @param {string} url @param {string | undefined} apiKey @param {RequestInit} [init] */
async function ask(url, apiKey, init) {
  if (!apiKey) return undefined;
  const response = await fetch(url, {
    ...init,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(5000),
  }).catch(() => undefined);
  return response?.ok ? response.json().catch(() => undefined) : undefined;
}
