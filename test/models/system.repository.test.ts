import type { ParkedInbound } from '#models/parked-inbound.repository';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';
import { aPhone, aText, BUSINESS_NUMBER, unique } from './conversation.builder.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase('system');
});
afterAll(() => database[Symbol.asyncDispose]());

describe('messages parked while Temporal is away', () => {
  const parkedOf = async (businessId: string) => (await database.system.parked.take(1_000)).filter((inbound) => inbound.businessId === businessId);
  const anInbound = async (): Promise<ParkedInbound> => ({
    businessId: (await database.aBusiness()).businessId,
    channel: 'sms',
    customerAddress: aPhone(),
    businessAddress: BUSINESS_NUMBER,
    message: aText('Ik zoek een Golf', { media: [{ url: 'https://api.twilio.com/1', contentType: 'image/png' }] }),
  });

  test('a message is kept whole until it is removed, and parking it again changes nothing', async () => {
    const inbound = await anInbound();
    await Promise.all(Array.from({ length: 10 }, () => database.system.parked.park(inbound)));
    const [taken, ...more] = await parkedOf(inbound.businessId);
    expect(more).toEqual([]);
    expect(taken).toEqual({ ...inbound, id: expect.stringMatching(/^[\w-]{22}$/), parkedAt: expect.any(Date) });
    expect(await parkedOf(inbound.businessId)).toHaveLength(1);
    expect(await database.system.parked.count()).toBeGreaterThan(0);
    await database.system.parked.remove(taken?.id ?? '');
    expect(await parkedOf(inbound.businessId)).toEqual([]);
  });

  test('the oldest come first', async () => {
    const inbound = await anInbound();
    for (const n of [3, 1, 2]) {
      database.clock.setOffset(n * 1_000);
      await database.system.parked.park({ ...inbound, message: { ...inbound.message, messageId: `SM${n}` } });
    }
    database.clock.setOffset(0);
    expect((await parkedOf(inbound.businessId)).map(({ message }) => message.messageId)).toEqual(['SM1', 'SM2', 'SM3']);
  });

  test('once keys are held, parking is one round trip', async () => {
    const inbound = await anInbound();
    const commands: string[] = [];
    const note = ({ commandName }: { commandName: string }) => void commands.push(commandName);
    const monitored = await monitoredProcess(note);
    await monitored.keys.preload([inbound.businessId]);
    commands.length = 0;
    await monitored.system.parked.park(inbound);
    expect(commands).toEqual(['insert']);
    await monitored.close();
  });
});

describe('limits', () => {
  test('hits are counted per window, the same message once', async () => {
    const key = `inbound:${unique()}`;
    const hit = (member?: string) => database.system.limits.hit(key, { windowMs: 60_000, member });
    expect(await hit('SM1')).toMatchObject({ count: 1, repeated: false });
    expect(await hit('SM2')).toMatchObject({ count: 2, repeated: false });
    expect(await hit('SM1')).toMatchObject({ count: 2, repeated: true });
    expect(await hit()).toMatchObject({ count: 3, repeated: false });
    const { resetsInMs } = await hit('SM3');
    expect(resetsInMs).toBeGreaterThan(0);
    expect(resetsInMs).toBeLessThanOrEqual(60_000);
  });

  test('of a thousand hits at once none is lost', async () => {
    const key = `inbound:${unique()}`;
    await Promise.all(Array.from({ length: 200 }, (_, n) => database.system.limits.hit(key, { windowMs: 60_000, member: `SM${n % 100}` })));
    expect((await database.system.limits.hit(key, { windowMs: 60_000, member: 'SM0' })).count).toBe(100);
  });

  test('a new window starts at nought', async () => {
    const key = `inbound:${unique()}`;
    await database.system.limits.hit(key, { windowMs: 1, member: 'SM1' });
    let next = await database.system.limits.hit(key, { windowMs: 1, member: 'SM1' });
    while (next.repeated) next = await database.system.limits.hit(key, { windowMs: 1, member: 'SM1' });
    expect(next.count).toBe(1);
  });

  test('a paced sender sends a burst at once and then one by one', async () => {
    const key = `send:${unique()}`;
    const waits: number[] = [];
    for (let n = 0; n < 6; n += 1) waits.push((await database.system.limits.reserve(key, { perSecond: 1, burst: 3 })).waitMs);
    expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
    expect(waits[3]).toBeGreaterThan(0);
    expect(waits[3]).toBeLessThanOrEqual(1_000);
    expect(waits[4]).toBeGreaterThan(waits[3] ?? 0);
    expect(waits[5]).toBeGreaterThan(waits[4] ?? 0);
    expect(waits[5]).toBeLessThanOrEqual(3_000);
  });

  test('two workers that send for one number share its places', async () => {
    const key = `send:${unique()}`;
    const workers = [database, database.anotherProcess()];
    const waits = await Promise.all(Array.from({ length: 20 }, (_, n) => workers[n % 2]?.system.limits.reserve(key, { perSecond: 10, burst: 1 })));
    const sorted = waits.map((wait) => wait?.waitMs ?? 0).sort((a, b) => a - b);
    // Twenty places, a tenth of a second apart: the last waits nearly two seconds, less the time the asking took.
    expect(sorted.at(-1)).toBeGreaterThan(1_000);
    expect(new Set(sorted.filter((wait) => wait > 0)).size).toBeGreaterThan(10);
  });

  test('whose limit it is cannot be read from the database', async () => {
    const phone = aPhone();
    await database.system.limits.hit(`inbound:${phone}`, { windowMs: 60_000, member: 'SM-readable' });
    const raw = JSON.stringify(await database.connection.collection('limits').find().toArray());
    expect(raw).not.toContain(phone);
    expect(raw).not.toContain('SM-readable');
  });
});

describe('locks', () => {
  test('of many that ask, one holds it, and the next when it is released', async () => {
    const name = `work-${unique()}`;
    const held = (await Promise.all(Array.from({ length: 20 }, () => database.system.locks.acquire(name, 60_000)))).filter((lock) => lock !== null);
    expect(held).toHaveLength(1);
    expect(await database.system.locks.acquire(name, 60_000)).toBeNull();
    await held[0]?.release();
    expect(await database.system.locks.acquire(name, 60_000)).not.toBeNull();
  });

  test("a holder that vanished loses it, and cannot renew or release what is another's now", async () => {
    const name = `work-${unique()}`;
    const vanished = await database.system.locks.acquire(name, 1);
    let next = await database.system.locks.acquire(name, 60_000);
    while (!next) next = await database.system.locks.acquire(name, 60_000);
    expect(await vanished?.renew()).toBe(false);
    await vanished?.release();
    expect(await next.renew()).toBe(true);
    expect(await database.system.locks.acquire(name, 60_000)).toBeNull();
  });
});

test('a watermark only moves forward', async () => {
  const mark = `sms:${unique()}`;
  expect(await database.system.watermarks.get(mark)).toBeNull();
  await database.system.watermarks.set(mark, new Date(2_000));
  await database.system.watermarks.set(mark, new Date(1_000));
  expect(await database.system.watermarks.get(mark)).toEqual(new Date(2_000));
});

/** Another process on the same database, whose commands can be watched. */
async function monitoredProcess(onCommand: (event: { commandName: string }) => void) {
  const { createConnection } = await import('mongoose');
  const { createModels } = await import('#models/models');
  const { createKeyStore } = await import('#models/keys.repository');
  const { createRepositories } = await import('#models/repositories');
  const { createKeyRing } = await import('#platform/crypto/key-ring');
  const { createVault } = await import('#platform/crypto/vault');
  const { testMongoUri } = await import('#test/support/mongo');
  const connection = await createConnection(testMongoUri(database.connection.name), { monitorCommands: true, sanitizeFilter: true }).asPromise();
  connection.getClient().on('commandStarted', onCommand);
  const db = createModels(connection);
  const keys = createKeyRing({ envelope: database.envelope, store: createKeyStore(db), clock: database.clock });
  return { keys, ...createRepositories({ db, vault: createVault(keys), clock: database.clock }), close: () => connection.close() };
}
