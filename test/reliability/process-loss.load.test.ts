import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/waiting.ts';
import { callApi } from './support/api-call.ts';
import type { StackUnderFire } from './support/stack-under-fire.ts';
import { CLEAN, startStackUnderFire } from './support/stack-under-fire.ts';

jest.setTimeout(180_000);

let fire: StackUnderFire;

beforeAll(async () => {
  const limits = { CHAT_SENDS_PER_MINUTE: '100000', CHAT_SENDS_PER_MINUTE_PER_IP: '100000' };
  fire = await startStackUnderFire({ apis: 2, workers: 2, env: limits });
});
afterAll(() => fire?.[Symbol.asyncDispose]());

test('when one of two APIs and one of two workers are killed during a burst, every message is covered once', async () => {
  const { apis, workers } = fire.stack;
  const crowd = fire.crowd(12);
  const writing = crowd.write(60, 80);
  await pause(1_500);
  await Promise.all([apis[0]?.kill(), workers[0]?.kill()]);
  await writing;
  await Promise.all([apis[0]?.start(), workers[0]?.start()]);
  await crowd.answered();
  expect((await fire.verdictOn(crowd.written)).violations).toEqual(CLEAN);
});

test('when webhooks arrive out of order, the thread ends up in the order in which Twilio received the messages', async () => {
  const texts = ['een', 'twee', 'drie', 'vier', 'vijf', 'zes'].map((word) => `Hallo ${word}`);
  const reordered = await fire.twilio.addFault({ on: 'webhooks', kind: 'reorder', ms: 1_000, rate: 0.5, seed: 3 });
  const crowd = fire.crowd(1);
  await crowd.write(texts.length, 30, (n) => ({ body: texts[n] }));
  await crowd.answered();
  await fire.twilio.clearFault(reordered);
  expect((await fire.verdictOn(crowd.written)).violations).toEqual(CLEAN);

  const received = (await fire.twilio.ledger('message.received'))
    .filter(({ sid }) => crowd.written.some(({ messageSid }) => messageSid === sid))
    .map(({ body }) => body);
  expect(received).toEqual(texts);
  const arrived = (await fire.twilio.ledger('webhook.sent'))
    .filter(({ sid }) => crowd.written.some(({ messageSid }) => messageSid === sid))
    .map(({ body }) => body);
  expect(arrived).not.toEqual(texts);

  const row = (await fire.records.inbound()).find(({ sid }) => sid === crowd.written[0]?.messageSid);
  await until(async () => {
    const { body } = await callApi(fire, `/api/conversations/${row?.conversationId}/messages?limit=50`, { token: fire.stack.secrets.DEMO_API_KEY });
    const thread = (body['items'] as { direction: string; text: string }[]).filter(({ direction }) => direction === 'inbound').map(({ text }) => text);
    return thread.join() === texts.join();
  });
});
