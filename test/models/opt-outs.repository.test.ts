import type { BusinessRepositories } from '#models/repositories';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';
import { aPhone, BUSINESS_NUMBER } from './conversation.builder.ts';

let database: TestDatabase;
let business: BusinessRepositories;
beforeAll(async () => {
  database = await openTestDatabase('opt-outs');
  business = await database.aBusiness();
});
afterAll(() => database[Symbol.asyncDispose]());

const anSms = () => ({ channel: 'sms' as const, address: aPhone(), businessAddress: BUSINESS_NUMBER });

test('whoever says STOP is left alone, and whoever says START is written to again', async () => {
  const ada = anSms();
  expect(await business.optOuts.isOptedOut(ada)).toBe(false);
  expect(await business.optOuts.optOut(ada, 'STOP')).toBe(true);
  expect(await business.optOuts.optOut(ada, 'STOPALL')).toBe(false);
  expect(await business.optOuts.isOptedOut(ada)).toBe(true);
  expect(await business.optOuts.optIn(ada, 'START')).toBe(true);
  expect(await business.optOuts.optIn(ada, 'START')).toBe(false);
  expect(await business.optOuts.isOptedOut(ada)).toBe(false);
});

test('START from somebody who never said STOP changes nothing', async () => {
  expect(await business.optOuts.optIn(anSms(), 'START')).toBe(false);
});

test('it counts for that channel and that number of that business only', async () => {
  const ada = anSms();
  await business.optOuts.optOut(ada, 'STOP');
  expect(await business.optOuts.isOptedOut({ ...ada, channel: 'whatsapp' })).toBe(false);
  expect(await business.optOuts.isOptedOut({ ...ada, businessAddress: '+31207654321' })).toBe(false);
  expect(await (await database.aBusiness()).optOuts.isOptedOut(ada)).toBe(false);
});

test('an address with or without its scheme is the same address', async () => {
  const ada = { ...anSms(), channel: 'whatsapp' as const };
  await business.optOuts.optOut({ ...ada, address: `whatsapp:${ada.address}`, businessAddress: `whatsapp:${ada.businessAddress}` }, 'STOP');
  expect(await business.optOuts.isOptedOut(ada)).toBe(true);
});

test('said many times at once, it is recorded once', async () => {
  const ada = anSms();
  const moved = await Promise.all(Array.from({ length: 20 }, () => business.optOuts.optOut(ada, 'STOP')));
  expect(moved.filter(Boolean)).toHaveLength(1);
});
