import type { BusinessId } from '#domain/ids';
import type { NewBusiness } from '#models/businesses.repository';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase('businesses');
});
afterAll(() => database[Symbol.asyncDispose]());

let numbers = 0;
const aNumber = (): string => {
  numbers += 1;
  return `+3120${String(numbers).padStart(7, '0')}`;
};
const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'a-token-nobody-may-read' };
const aGarage = (more: Partial<NewBusiness> = {}): NewBusiness => ({
  name: 'Garage De Linden',
  trade: 'car_dealer',
  timeZone: 'Europe/Amsterdam',
  locale: 'nl',
  hours: { 1: [{ opens: '09:00', closes: '17:30' }] },
  address: 'Lindelaan 1, Utrecht',
  numbers: [{ e164: aNumber(), channels: ['sms', 'whatsapp'] }],
  cars: [{ id: 'golf', brand: 'Volkswagen', model: 'Golf', year: 2021, fuel: 'petrol', mileageKm: 42_000, price: 1_895_000, currency: 'EUR', city: 'Utrecht' }],
  ...more,
});

describe('a business', () => {
  test('is read as it was created, with its secrets apart', async () => {
    const garage = aGarage();
    const profile = await database.system.businesses.create({ ...garage, twilio: account, timings: { quietMs: 0 } });
    expect(profile).toEqual({ ...garage, id: expect.stringMatching(/^biz_/) });
    const { business } = database.anotherProcess().forBusiness(profile.id);
    expect(await business.profile()).toEqual(profile);
    expect(await business.twilio()).toEqual(account);
    expect(await business.settings()).toEqual({ status: 'active', timings: { quietMs: 0 } });
    expect(await database.system.businesses.list()).toContainEqual(profile);
  });

  test('changes are seen at once here', async () => {
    const { id } = await database.system.businesses.create(aGarage());
    const { business } = database.forBusiness(id);
    expect((await business.profile()).name).toBe('Garage De Linden');
    const e164 = aNumber();
    expect(await business.update({ name: 'Garage De Eiken', numbers: [{ e164, channels: ['sms'] }] })).toMatchObject({
      name: 'Garage De Eiken',
      numbers: [{ e164, channels: ['sms'] }],
    });
    await business.setTwilio(account);
    await business.setTimings({ idleMs: 5 });
    await business.setStatus('deactivated');
    expect(await business.profile()).toMatchObject({ name: 'Garage De Eiken' });
    expect(await business.twilio()).toEqual(account);
    expect(await business.settings()).toEqual({ status: 'deactivated', timings: { idleMs: 5 } });
    await business.setTwilio(null);
    await business.update({ numbers: [] });
    expect(await business.twilio()).toBeNull();
  });

  test('one that is not there is not found', async () => {
    const { business } = database.forBusiness('biz_nobody' as BusinessId);
    await expect(business.profile()).rejects.toMatchObject({ code: 'business.not_found' });
    await expect(business.setTimings({})).rejects.toMatchObject({ code: 'business.not_found' });
  });
});

describe('numbers', () => {
  test('a number belongs to one business per channel', async () => {
    const e164 = aNumber();
    await database.system.businesses.create(aGarage({ numbers: [{ e164, channels: ['sms'] }] }));
    const theirs = await database.system.businesses.create(aGarage({ numbers: [{ e164, channels: ['whatsapp'] }] }));
    await expect(database.system.businesses.create(aGarage({ numbers: [{ e164, channels: ['sms', 'whatsapp'] }] }))).rejects.toMatchObject({
      code: 'number.taken',
    });
    await expect(database.forBusiness(theirs.id).business.update({ numbers: [{ e164, channels: ['sms'] }] })).rejects.toMatchObject({ code: 'number.taken' });
  });

  test('any number of businesses may have none yet', async () => {
    const made = await Promise.all([aGarage({ numbers: [] }), aGarage({ numbers: [] })].map((garage) => database.system.businesses.create(garage)));
    expect(made).toHaveLength(2);
  });

  test('what can receive is loaded with the opened token; deactivated businesses and those without an account are not', async () => {
    const [open, closed] = [
      await database.system.businesses.create(aGarage({ twilio: account })),
      await database.system.businesses.create(aGarage({ twilio: account })),
    ];
    const without = await database.system.businesses.create(aGarage());
    await database.forBusiness(closed.id).business.setStatus('deactivated');
    const loaded = await database.system.numbers.loadAll();
    expect(loaded).toContainEqual({ businessId: open.id, ...account, ...open.numbers[0] });
    expect(loaded.map(({ businessId }) => businessId)).not.toEqual(expect.arrayContaining([closed.id]));
    expect(loaded.map(({ businessId }) => businessId)).not.toEqual(expect.arrayContaining([without.id]));
  });
});

test('seeding the demo twice leaves one business, as it was seeded last', async () => {
  const id = 'biz_demo_linden' as BusinessId;
  const garage = aGarage({ twilio: account });
  await database.system.businesses.upsertDemo(id, garage);
  await database.system.businesses.upsertDemo(id, { ...garage, name: 'Garage De Nieuwe Linden' });
  expect((await database.system.businesses.list()).filter((business) => business.id === id)).toEqual([
    expect.objectContaining({ name: 'Garage De Nieuwe Linden' }),
  ]);
  expect(await database.forBusiness(id).business.twilio()).toEqual(account);
});
