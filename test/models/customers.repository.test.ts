import type { CustomerId } from '#domain/ids';
import type { BusinessRepositories } from '#models/repositories';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';
import { aPhone } from './conversation.builder.ts';

let database: TestDatabase;
let business: BusinessRepositories & { businessId: string };

beforeAll(async () => {
  database = await openTestDatabase('customers');
});
beforeEach(async () => {
  business = await database.aBusiness();
});
afterAll(() => database[Symbol.asyncDispose]());

const rowsOf = (businessId: string) => database.connection.collection('customers').countDocuments({ businessId });

describe('who is writing', () => {
  test('a hundred first messages at once make one customer, with one key', async () => {
    const phone = aPhone();
    const processes = [database, database.anotherProcess()].map((process) => process.forBusiness(business.businessId as never));
    const customers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        processes[n % 2]?.customers.findOrCreate({ channel: n % 3 ? 'sms' : 'whatsapp', address: phone, displayName: 'Ada' }),
      ),
    );
    expect(new Set(customers.map((customer) => customer?.id)).size).toBe(1);
    for (const customer of customers) expect(customer).toMatchObject({ phone, displayName: 'Ada' });
    expect(await rowsOf(business.businessId)).toBe(1);
    expect(await database.connection.collection('keys').countDocuments({ businessId: business.businessId, _id: { $regex: /^c:/ } as never })).toBe(1);
  });

  test('a phone is the same person on SMS and WhatsApp, a web visitor is somebody else', async () => {
    const phone = aPhone();
    const bySms = await business.customers.findOrCreate({ channel: 'sms', address: phone });
    const byWhatsApp = await business.customers.findOrCreate({ channel: 'whatsapp', address: `whatsapp:${phone}` });
    const visitor = await business.customers.findOrCreate({ channel: 'web', address: phone });
    expect(byWhatsApp.id).toBe(bySms.id);
    expect(visitor.id).not.toBe(bySms.id);
    expect(visitor.phone).toBeUndefined();
  });

  test('the same phone is a different customer of another business', async () => {
    const phone = aPhone();
    const ours = await business.customers.findOrCreate({ channel: 'sms', address: phone });
    const other = await database.aBusiness();
    expect((await other.customers.findOrCreate({ channel: 'sms', address: phone })).id).not.toBe(ours.id);
    expect(await other.customers.get(ours.id)).toBeNull();
    expect(await other.customers.getMany([ours.id])).toEqual([]);
  });

  test('a name that comes later fills the gap, and a profile name does not replace what staff wrote', async () => {
    const phone = aPhone();
    const { id } = await business.customers.findOrCreate({ channel: 'sms', address: phone });
    expect((await business.customers.findOrCreate({ channel: 'sms', address: phone, displayName: 'ada 🌸', email: 'ada@example.nl' })).displayName).toBe(
      'ada 🌸',
    );
    await business.customers.rename(id, 'Ada de Vries');
    expect(await business.customers.findOrCreate({ channel: 'sms', address: phone, displayName: 'ada 🌸', email: 'other@example.nl' })).toMatchObject({
      displayName: 'Ada de Vries',
      email: 'ada@example.nl',
    });
  });

  test('a process that died after making the row is finished by the next message', async () => {
    const phone = aPhone();
    const { id } = await business.customers.findOrCreate({ channel: 'sms', address: phone });
    await database.connection.collection('customers').updateOne({ _id: id as never }, { $unset: { phone: 1 } });
    expect(await business.customers.findOrCreate({ channel: 'sms', address: phone })).toMatchObject({ id, phone });
  });
});

describe('finding somebody', () => {
  test('by phone, however it is written', async () => {
    const { id } = await business.customers.findOrCreate({ channel: 'whatsapp', address: '+31612345678' });
    for (const raw of ['+31612345678', '06 12345678', '06-12 34 56 78', '0031 6 12345678', ' whatsapp:+31612345678 ']) {
      expect((await business.customers.findByPhone(raw))?.id).toBe(id);
    }
    expect(await business.customers.findByPhone('07700 900123', 'GB')).toBeNull();
    expect(await business.customers.findByPhone('06 1234567')).toBeNull();
    expect(await business.customers.findByPhone('geen nummer')).toBeNull();
  });

  test('by e-mail, whatever its case, also after it changed', async () => {
    const { id } = await business.customers.findOrCreate({ channel: 'web', address: 'vis_1', email: 'Ada@Example.nl' });
    expect((await business.customers.findByEmail(' ada@example.NL '))?.id).toBe(id);
    await business.customers.setEmail(id, 'ada@nieuw.nl');
    expect(await business.customers.findByEmail('ada@example.nl')).toBeNull();
    expect((await business.customers.findByEmail('ada@nieuw.nl'))?.email).toBe('ada@nieuw.nl');
  });

  test('by any part of the name, without accents, whole words first', async () => {
    const add = async (displayName: string) => (await business.customers.findOrCreate({ channel: 'sms', address: aPhone(), displayName })).id;
    const [zoe, zoefke, jan] = [await add('Zoë van den Berg'), await add('Zoefke Berghuis'), await add('Jan Jansen')];
    await business.customers.findOrCreate({ channel: 'sms', address: aPhone() });
    const idsFor = async (query: string, limit = 10) => (await business.customers.searchByName(query, limit)).map(({ id }) => id);
    expect(await idsFor('ZOE')).toEqual([zoe, zoefke]);
    expect(await idsFor('berg zoe')).toEqual([zoe, zoefke]);
    expect(await idsFor('zoe', 1)).toEqual([zoe]);
    expect(await idsFor('jans')).toEqual([jan]);
    expect(await idsFor('piet')).toEqual([]);
    expect(await idsFor('  ')).toEqual([]);
    expect(await idsFor('.*')).toEqual([]);
  });

  test('a name changed by another process is found by its new name only', async () => {
    const { id } = await business.customers.findOrCreate({ channel: 'sms', address: aPhone(), displayName: 'Jan Jansen' });
    expect(await business.customers.searchByName('jansen', 5)).toHaveLength(1);
    await database
      .anotherProcess()
      .forBusiness(business.businessId as never)
      .customers.rename(id, 'Jan Pietersen');
    expect(await business.customers.searchByName('jansen', 5)).toEqual([]);
    expect(await business.customers.searchByName('pietersen', 5)).toHaveLength(1);
  });
});

test('when a customer is erased, their name, phone and e-mail are gone and nobody finds them by name', async () => {
  const { id } = await business.customers.findOrCreate({ channel: 'sms', address: aPhone(), displayName: 'Eva Smit', email: 'eva@example.nl' });
  await database.keys.forget({ businessId: business.businessId as never, customerId: id });
  expect(await business.customers.get(id)).toMatchObject({ displayName: '[erased]', phone: '[erased]', email: '[erased]' });
  expect(await business.customers.searchByName('eva', 5)).toEqual([]);
});

test('nobody can be renamed who is not there', async () => {
  await expect(business.customers.setEmail('cus_nobody' as CustomerId, 'x@example.nl')).rejects.toMatchObject({ code: 'customer.not_found' });
  await expect(business.customers.rename('cus_nobody' as CustomerId, 'X')).rejects.toMatchObject({ code: 'customer.not_found' });
});
