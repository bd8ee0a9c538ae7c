import type { WebhookEntry } from '#models/webhook-log.repository';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';
import { aSid } from './conversation.builder.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase('webhook-log');
});
afterAll(() => database[Symbol.asyncDispose]());

const anEntry = (more: Partial<WebhookEntry> = {}): WebhookEntry => ({
  path: '/webhooks/twilio/sms',
  headers: { 'user-agent': 'TwilioProxy/1.1' },
  body: { From: '+31******678', Body: '[24 characters]' },
  status: 200,
  ms: 12,
  accountSid: `AC${'0'.repeat(32)}`,
  messageSid: aSid(),
  verified: true,
  ...more,
});

test('a webhook is read back as it was logged', async () => {
  const { webhookLog } = await database.aBusiness();
  const [first, second] = [anEntry(), anEntry({ messageSid: undefined, status: 429 })];
  await webhookLog.record(first);
  await webhookLog.record(second);
  const { items, nextCursor } = await webhookLog.list({ limit: 10 });
  expect(nextCursor).toBeNull();
  expect(items.find(({ messageSid }) => messageSid === first.messageSid)).toEqual({ ...first, id: expect.stringMatching(/^log_/), at: expect.any(Date) });
  expect(items.find(({ status }) => status === 429)).not.toHaveProperty('messageSid');
});

test('the log is read newest first, page by page, each entry once', async () => {
  const { webhookLog } = await database.aBusiness();
  for (let n = 0; n < 7; n += 1) {
    database.clock.setOffset(Math.floor(n / 3) * 1_000);
    await webhookLog.record(anEntry({ ms: n }));
  }
  database.clock.setOffset(0);
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await webhookLog.list({ limit: 2, cursor });
    seen.push(...page.items.map(({ ms }) => ms));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(seen[0]).toBe(6);
});

test('each business reads its own', async () => {
  await (await database.aBusiness()).webhookLog.record(anEntry());
  expect((await (await database.aBusiness()).webhookLog.list({ limit: 10 })).items).toEqual([]);
});
