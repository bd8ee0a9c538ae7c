import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { callApi } from './support/api-call.ts';
import type { StackUnderFire } from './support/stack-under-fire.ts';
import { CLEAN, OWNER_OF_DEMO_KEY, startStackUnderFire } from './support/stack-under-fire.ts';

jest.setTimeout(180_000);

let fire: StackUnderFire;

beforeAll(async () => {
  const limits = { CHAT_SENDS_PER_MINUTE: '100000', CHAT_SENDS_PER_MINUTE_PER_IP: '100000' };
  fire = await startStackUnderFire({ apis: 2, workers: 2, env: limits });
});
afterAll(() => fire?.[Symbol.asyncDispose]());

/** Webhooks that were not answered with 200 at once. */
async function failedWebhooks(): Promise<string[]> {
  const sent = await fire.twilio.ledger('webhook.sent');
  return sent.filter(({ httpStatus }) => httpStatus !== 200).map(({ at, sid, httpStatus }) => `${at} ${sid} ${httpStatus}`);
}

/** Does one thing after another until told to stop, and remembers how each was answered. */
function keepAsking(ask: () => Promise<number>) {
  const statuses: number[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      statuses.push(await ask().catch(() => 0));
      await pause(200);
    }
  })();
  return async () => {
    isOver = true;
    await asking;
    return statuses;
  };
}

test('when each API and each worker is replaced under load, no request fails and every message is answered once', async () => {
  const { apis, workers, secrets } = fire.stack;
  const { body: session } = await callApi(fire, '/api/chat/session', { token: '', body: { businessId: OWNER_OF_DEMO_KEY } });
  const staff = keepAsking(async () => (await callApi(fire, '/api/conversations?limit=20', { token: secrets.DEMO_API_KEY })).status);
  const visitor = keepAsking(
    async () => (await callApi(fire, '/api/chat/send', { token: String(session['token']), body: { messageId: randomUUID(), text: 'Hallo' } })).status,
  );

  const crowd = fire.crowd(12);
  let isReplaced = false;
  const writing = (async () => {
    while (!isReplaced) await crowd.write(12, 120);
  })();
  const exits: (number | null | undefined)[] = [];
  for (const n of [0, 1]) {
    await pause(1_000);
    exits.push(...(await Promise.all([apis[n]?.stop(), workers[n]?.stop()])));
    await Promise.all([apis[n]?.start(), workers[n]?.start()]);
  }
  isReplaced = true;
  await writing;
  await crowd.answered();

  expect(exits).toEqual([0, 0, 0, 0]);
  const answers = { staff: await staff(), visitor: await visitor() };
  expect(await failedWebhooks()).toEqual([]);
  expect(new Set(answers.staff)).toEqual(new Set([200]));
  expect(new Set(answers.visitor)).toEqual(new Set([200]));
  expect((await fire.verdictOn(crowd.written)).violations).toEqual(CLEAN);
});

test('when the same message arrives a thousand times at once, it is stored once and answered once', async () => {
  const crowd = fire.crowd(1);
  await crowd.write(1, 0, () => ({ times: 1_000 }));
  await crowd.answered();
  const [written] = crowd.written;
  // Those Twilio stopped waiting for (null) or was told to bring again (503) are no second message either.
  const answers = new Set(written?.deliveries.map(({ status }) => status));
  expect([...answers].filter((status) => ![200, 503, null].includes(status))).toEqual([]);
  expect(answers).toContain(200);
  expect(written?.deliveries).toHaveLength(1_000);
  expect((await fire.verdictOn(crowd.written)).violations).toEqual(CLEAN);
  expect((await fire.records.inbound()).filter(({ sid }) => sid === written?.messageSid)).toHaveLength(1);
  expect(await fire.twilio.textsTo(crowd.addresses[0] ?? '')).toHaveLength(1);
});
