import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/waiting.ts';
import type { WebhookAttempt } from './support/simulated-twilio.client.ts';
import type { StackUnderFire } from './support/stack-under-fire.ts';
import { CLEAN, startStackUnderFire } from './support/stack-under-fire.ts';

jest.setTimeout(180_000);

let fire: StackUnderFire;

beforeAll(async () => {
  fire = await startStackUnderFire();
});
afterAll(() => fire?.[Symbol.asyncDispose]());

/** Sixty messages of twelve customers over six seconds, and an outage in the middle of them. */
async function burstAround(outage: () => Promise<void>) {
  const crowd = fire.crowd(12);
  const writing = crowd.write(60, 100);
  await pause(1_500);
  await outage();
  await writing;
  await crowd.answered();
  return crowd;
}

const firstAnswers = (written: readonly { deliveries: WebhookAttempt[] }[]) => written.map(({ deliveries }) => deliveries[0]?.status);
const only = (status: number, among: readonly unknown[]) => Array.from(among, () => status);

test('while Temporal is away every message is acknowledged, kept, and answered once when it is back', async () => {
  let mostParked = 0;
  const crowd = await burstAround(async () => {
    await fire.stack.temporal.stop();
    await pause(4_000);
    mostParked = await fire.records.parkedInbound();
    await fire.stack.temporal.start();
  });
  expect(firstAnswers(crowd.written)).toEqual(only(200, crowd.written));
  expect(mostParked).toBeGreaterThan(10);
  expect((await fire.verdictOn(crowd.written)).violations).toEqual(CLEAN);
});

test('when Temporal is killed nothing that was acknowledged is lost', async () => {
  const crowd = await burstAround(async () => {
    await fire.stack.temporal.kill();
    await pause(1_000);
    await fire.stack.temporal.start();
  });
  expect(firstAnswers(crowd.written)).toEqual(only(200, crowd.written));
  expect((await fire.verdictOn(crowd.written)).violations).toEqual(CLEAN);
});

test('while MongoDB is stopped every message is acknowledged and answered once when it is back', async () => {
  const crowd = await burstAround(async () => {
    await fire.stack.mongod.stop();
    await pause(4_000);
    await fire.stack.mongod.start();
  });
  expect(firstAnswers(crowd.written)).toEqual(only(200, crowd.written));
  expect((await fire.verdictOn(crowd.written)).violations).toEqual(CLEAN);
});

test('while MongoDB hangs every message is acknowledged and answered once when it moves again', async () => {
  const crowd = await burstAround(async () => {
    fire.stack.mongod.pause();
    await pause(4_000);
    fire.stack.mongod.resume();
  });
  expect(firstAnswers(crowd.written)).toEqual(only(200, crowd.written));
  expect((await fire.verdictOn(crowd.written)).violations).toEqual(CLEAN);
});

describe('with both stores away', () => {
  /** Six people write while neither store answers. */
  async function writtenMeanwhile(leave: () => unknown, comeBack: () => unknown) {
    const crowd = fire.crowd(6);
    await leave();
    try {
      await crowd.write(6, 20);
      await crowd.answered();
    } finally {
      await comeBack();
    }
    return crowd;
  }

  /** Told by us, not by Twilio's own patience of 15 s, so that it has tried more than once. */
  function expectRefusals(written: readonly { deliveries: WebhookAttempt[] }[]) {
    for (const { deliveries } of written) expect(deliveries).toEqual([expect.objectContaining({ status: 503 })]);
    expect(Math.max(...written.flatMap(({ deliveries }) => deliveries.map(({ attempt }) => attempt)))).toBeGreaterThan(1);
  }

  test('nothing is acknowledged, and what Twilio has is found and answered once later', async () => {
    const { mongod, temporal } = fire.stack;
    const crowd = await writtenMeanwhile(
      () => Promise.all([temporal.stop(), mongod.stop()]),
      () => Promise.all([temporal.start(), mongod.start()]),
    );
    expectRefusals(crowd.written);
    const verdict = await fire.verdictOn(crowd.written);
    expect(verdict.violations).toEqual(CLEAN);
    expect(verdict.counts.recovered).toBe(6);
  });

  test('hanging, nothing is acknowledged either', async () => {
    const both = [fire.stack.mongod, fire.stack.temporal];
    const crowd = await writtenMeanwhile(
      () => {
        for (const one of both) one.pause();
      },
      () => {
        for (const one of both) one.resume();
      },
    );
    expectRefusals(crowd.written);
    expect((await fire.verdictOn(crowd.written)).violations).toEqual(CLEAN);
  });
});

test('messages whose webhooks were lost are found at Twilio and answered once', async () => {
  const crowd = fire.crowd(5);
  await crowd.write(10, 50, (n) => ({ skipWebhook: n % 2 === 0 }));
  await crowd.answered();
  expect((await fire.verdictOn(crowd.written)).violations).toEqual(CLEAN);
});

test('a message that comes while no worker lives is answered once when one does', async () => {
  const crowd = fire.crowd(3);
  await fire.stack.workers[0]?.kill();
  await crowd.write(6, 50);
  await crowd.answered();
  expect(firstAnswers(crowd.written)).toEqual(only(200, crowd.written));
  await fire.stack.workers[0]?.start();
  expect((await fire.verdictOn(crowd.written)).violations).toEqual(CLEAN);
});

test('the API is ready again by itself after all of this', async () => {
  await until(async () => (await fetch(`${fire.stack.url}/health/ready`)).ok);
});
