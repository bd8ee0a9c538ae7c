import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { BusinessId, CustomerId } from '#domain/ids';
import type { AdvanceableClock } from '#platform/clock';
import { createAdvanceableClock } from '#platform/clock';
import type { KeyRing } from '#platform/crypto/key-ring';
import { createKeyRing } from '#platform/crypto/key-ring';
import { rotateEnvelopeKey } from '#platform/crypto/rotate-envelope-key';
import type { MemoryKeyStore } from './memory-key-store.ts';
import { memoryKeyStore } from './memory-key-store.ts';

const WEEK_MS = 7 * 86_400_000;
const business = 'biz_linden' as BusinessId;
const other = 'biz_eiken' as BusinessId;
const customer = 'cus_ada' as CustomerId;

let store: MemoryKeyStore;
let clock: AdvanceableClock;
let envelope: Buffer;
const aRing = (more: { envelope?: Buffer; earlierEnvelopes?: Buffer[]; maxCustomerKeys?: number } = {}): KeyRing =>
  createKeyRing({ envelope, store, clock, ...more });

beforeEach(() => {
  store = memoryKeyStore();
  clock = createAdvanceableClock();
  envelope = randomBytes(32);
});

const settled = async (): Promise<void> => {
  for (let n = 0; n < 10; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('making keys', () => {
  test('two processes that make the same keys at once end with one set', async () => {
    const rings = Array.from({ length: 10 }, () => aRing());
    await Promise.all(rings.map((ring) => ring.preload([business, other])));
    const all = await Promise.all(
      rings.map((ring) => Promise.all([ring.businessKey(business), ring.customerKey(business, customer), ring.epochKey(business), ring.epochKey(null)])),
    );
    for (const keys of all) expect(keys).toEqual(all[0]);
    const ids = rings.map((ring) => ring.conversationId(business, 'sms', '+31612345678', '+31201234567'));
    expect(new Set(ids).size).toBe(1);
  });

  test('every business and every customer has a key of its own', async () => {
    const ring = aRing();
    const keys = await Promise.all([
      ring.businessKey(business),
      ring.businessKey(other),
      ring.customerKey(business, customer),
      ring.customerKey(business, 'cus_bob' as CustomerId),
      ring.customerKey(other, customer),
      ring.epochKey(business),
      ring.epochKey(null),
    ]);
    expect(new Set(keys.map(({ key }) => key.toString('hex'))).size).toBe(keys.length);
  });

  test('nothing in the store is a key in the clear', async () => {
    const ring = aRing();
    await ring.preload([business]);
    const keys = await Promise.all([ring.businessKey(business), ring.customerKey(business, customer), ring.epochKey(business)]);
    const stored = [...store.keys.values()].map(({ wrapped }) => Buffer.from(wrapped.slice(wrapped.indexOf('.') + 1), 'base64url'));
    for (const { key } of keys) expect(stored.some((bytes) => bytes.includes(key))).toBe(false);
  });

  test('without the right envelope key nothing can be read, and no new key takes the place of the old one', async () => {
    await aRing().preload([business]);
    const before = new Map(store.keys);
    await expect(aRing({ envelope: randomBytes(32) }).businessKey(business)).rejects.toMatchObject({ code: 'keys.unreadable' });
    expect(store.keys).toEqual(before);
  });

  test('a key that was copied under another id does not open', async () => {
    const ring = aRing();
    await ring.preload([business, other]);
    const theirs = store.keys.get(`b:${other}`);
    store.keys.set(`b:${business}`, { id: `b:${business}`, businessId: business, wrapped: theirs?.wrapped ?? '' });
    await expect(aRing().businessKey(business)).rejects.toMatchObject({ code: 'keys.unreadable' });
  });
});

describe('what the acknowledgement of a message needs', () => {
  test('once preloaded, nothing asks the store: not epoch keys, not ids, not blind indexes, not even when the store is down', async () => {
    const ring = aRing();
    await ring.preload([business]);
    store.isDown = true;
    const calls = store.calls;
    const { id } = await ring.epochKey(business);
    await ring.epochKey(null);
    await ring.byId(id);
    await ring.preload([business]);
    ring.conversationId(business, 'whatsapp', '+31612345678', '+31201234567');
    ring.blindIndex(business, 'phone', '+31612345678');
    expect(store.calls).toBe(calls);
  });

  test('when the week turns while the store is down, the next key is there already', async () => {
    const ring = aRing();
    await ring.preload([business]);
    const thisWeek = await ring.epochKey(business);
    store.isDown = true;
    clock.setOffset(WEEK_MS);
    const nextWeek = await ring.epochKey(business);
    expect(nextWeek.id > thisWeek.id).toBe(true);
    expect(nextWeek.key.equals(thisWeek.key)).toBe(false);
  });

  test('a process that runs for months always has the week to come', async () => {
    const ring = aRing();
    await ring.preload([business]);
    for (let week = 1; week <= 10; week += 1) {
      clock.setOffset(week * WEEK_MS);
      store.isDown = true;
      await expect(ring.epochKey(business)).resolves.toHaveProperty('key');
      await settled();
      store.isDown = false;
      await ring.epochKey(business);
      await settled();
    }
  });

  test('keys held for long are used on while the store is down', async () => {
    const ring = aRing();
    await ring.preload([business]);
    const id = ring.conversationId(business, 'sms', '+31612345678', '+31201234567');
    store.isDown = true;
    clock.setOffset(60 * 60_000);
    expect(ring.conversationId(business, 'sms', '+31612345678', '+31201234567')).toBe(id);
    await settled();
    expect(ring.conversationId(business, 'sms', '+31612345678', '+31201234567')).toBe(id);
  });

  test('before the keys are loaded, an id is refused rather than made up', () => {
    expect(() => aRing().conversationId(business, 'sms', '+31612345678', '+31201234567')).toThrow(expect.objectContaining({ code: 'keys.unavailable' }));
  });
});

describe('ids and blind indexes', () => {
  test('a conversation id has 22 harmless characters and shows nothing of the addresses', async () => {
    const ring = aRing();
    await ring.preload([business]);
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), fc.string(), (customerAddress, businessAddress) => {
        const id = ring.conversationId(business, 'sms', customerAddress, businessAddress);
        expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
        expect(id).toBe(ring.conversationId(business, 'sms', customerAddress, businessAddress));
      }),
    );
  });

  test('another channel, customer, number or business makes another conversation', async () => {
    const ring = aRing();
    await ring.preload([business, other]);
    const ids = [
      ring.conversationId(business, 'sms', '+31612345678', '+31201234567'),
      ring.conversationId(business, 'whatsapp', '+31612345678', '+31201234567'),
      ring.conversationId(business, 'sms', '+31612345679', '+31201234567'),
      ring.conversationId(business, 'sms', '+31612345678', '+31201234568'),
      ring.conversationId(business, 'sms', '+316123456783', '1201234567'),
      ring.conversationId(other, 'sms', '+31612345678', '+31201234567'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('the same value is indexed differently for another purpose or business', async () => {
    const ring = aRing();
    await ring.preload([business, other]);
    const value = '+31612345678';
    expect(
      new Set([
        ring.blindIndex(business, 'phone', value),
        ring.blindIndex(business, 'address', value),
        ring.blindIndex(other, 'phone', value),
        ring.blindIndex('platform', 'limit', value),
      ]).size,
    ).toBe(4);
    const restarted = aRing();
    await restarted.preload([business]);
    expect(restarted.blindIndex(business, 'phone', value)).toBe(ring.blindIndex(business, 'phone', value));
  });
});

describe('erasing', () => {
  test('a forgotten key is gone here at once and elsewhere within five minutes', async () => {
    const [here, elsewhere] = [aRing(), aRing()];
    const { id, key } = await here.customerKey(business, customer);
    await elsewhere.customerKey(business, customer);
    await here.forget({ businessId: business, customerId: customer });
    expect(await here.byId(id)).toBeUndefined();
    expect(await elsewhere.byId(id)).toEqual(key);
    clock.setOffset(5 * 60_000);
    expect(await elsewhere.byId(id)).toBeUndefined();
  });

  test('an erased customer never gets a key again', async () => {
    const ring = aRing();
    await ring.customerKey(business, customer);
    await ring.forget({ businessId: business, customerId: customer });
    await expect(ring.customerKey(business, customer)).rejects.toMatchObject({ code: 'key.destroyed' });
    await expect(aRing().customerKey(business, customer)).rejects.toMatchObject({ code: 'key.destroyed' });
  });

  test('old weeks are forgotten, this week and the next are kept', async () => {
    const ring = aRing();
    await ring.preload([business]);
    const old = await ring.epochKey(business);
    clock.setOffset(3 * WEEK_MS);
    const current = await ring.epochKey(business);
    await settled();
    expect(await ring.forgetEpochsBefore(clock.now())).toBeGreaterThan(0);
    expect(await ring.byId(old.id)).toBeUndefined();
    expect(await ring.byId(current.id)).toEqual(current.key);
    expect(await ring.forgetEpochsBefore(clock.now())).toBe(0);
  });

  test('what is no key of ours is unknown, and the store is not asked', async () => {
    const ring = aRing();
    for (const id of ['', 'x', 'b:', 'e:biz_linden', 'c:biz_linden', 'b:biz_linden:more', 'z:biz_linden', '../b:x'])
      expect(await ring.byId(id)).toBeUndefined();
    expect(store.calls).toBe(0);
  });

  test('only as many customer keys are held as fit, and the rest are read again', async () => {
    const ring = aRing({ maxCustomerKeys: 2 });
    const keys = [];
    for (const name of ['cus_1', 'cus_2', 'cus_3']) keys.push(await ring.customerKey(business, name as CustomerId));
    const calls = store.calls;
    expect(await ring.byId(keys[2]?.id ?? '')).toEqual(keys[2]?.key);
    expect(store.calls).toBe(calls);
    expect(await ring.byId(keys[0]?.id ?? '')).toEqual(keys[0]?.key);
    expect(store.calls).toBe(calls + 1);
  });
});

describe('rotating the envelope key', () => {
  test('every key moves to the new one, stays the same key, and the old envelope key is of no more use', async () => {
    const ring = aRing();
    await ring.preload([business, other]);
    const before = await Promise.all([ring.businessKey(business), ring.customerKey(business, customer), ring.epochKey(null)]);
    const replacement = randomBytes(32);

    expect(await rotateEnvelopeKey(store, envelope, replacement)).toBeGreaterThan(0);
    expect(await rotateEnvelopeKey(store, envelope, replacement)).toBe(0);

    const after = aRing({ envelope: replacement });
    expect(await Promise.all([after.businessKey(business), after.customerKey(business, customer), after.epochKey(null)])).toEqual(before);
    await expect(aRing().businessKey(business)).rejects.toMatchObject({ code: 'keys.unreadable' });
  });

  test('while it runs, a process that knows both reads everything', async () => {
    await aRing().preload([business]);
    const replacement = randomBytes(32);
    const both = aRing({ envelope: replacement, earlierEnvelopes: [envelope] });
    const held = await both.businessKey(business);
    await rotateEnvelopeKey(store, envelope, replacement);
    expect(await aRing({ envelope: replacement, earlierEnvelopes: [envelope] }).businessKey(business)).toEqual(held);
  });

  test('a key wrapped by neither stops the rotation before anything is lost', async () => {
    await aRing().preload([business]);
    const before = new Map(store.keys);
    await expect(rotateEnvelopeKey(store, randomBytes(32), randomBytes(32))).rejects.toMatchObject({ code: 'keys.unavailable' });
    expect(store.keys).toEqual(before);
  });

  test('an envelope key of the wrong length is refused at once', () => {
    expect(() => aRing({ envelope: randomBytes(16) })).toThrow(RangeError);
  });
});
