import type { TestEnv } from './test-env.ts';
import { startTestEnv } from './test-env.ts';

let env: TestEnv;
beforeAll(async () => {
  env = await startTestEnv();
}, 60_000);
afterAll(() => env[Symbol.asyncDispose]());

it('a message written on a phone is answered once, and then everything is settled', async () => {
  const garage = await env.newBusiness();
  const ada = garage.phone();
  await ada.writes('Ik zoek een Volkswagen Golf');
  await env.settled();
  expect(ada.received()).toEqual([expect.stringContaining('Golf')]);
});

it('businesses of one environment do not see each other', async () => {
  const [one, other] = await Promise.all([env.newBusiness(), env.newBusiness()]);
  const ada = one.phone();
  await ada.writes('Hallo', { channel: 'sms' });
  await env.settled();
  expect((await one.ctx.conversations.list({ limit: 10 })).items).toHaveLength(1);
  expect((await other.ctx.conversations.list({ limit: 10 })).items).toHaveLength(0);
});

it('while nobody works a message waits, and is answered when somebody does', async () => {
  const garage = await env.newBusiness();
  const ada = garage.phone();
  await env.stopWorkers();
  await ada.writes('Zijn jullie open?');
  await env.simulator.settled();
  expect(ada.received()).toEqual([]);

  await env.startWorkers();
  await env.settled();
  expect(ada.received()).toHaveLength(1);
});
