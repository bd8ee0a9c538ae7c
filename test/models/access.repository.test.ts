import type { MemberId } from '#domain/ids';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase('access');
});
afterAll(() => database[Symbol.asyncDispose]());

describe('members', () => {
  test('somebody who works here is found by id and by e-mail, whatever its case', async () => {
    const { members } = await database.aBusiness();
    const jan = await members.create({ name: 'Jan Jansen', email: ' Jan@DeLinden.nl ', role: 'owner' });
    expect(jan).toMatchObject({ name: 'Jan Jansen', email: 'Jan@DeLinden.nl', role: 'owner' });
    expect(await members.get(jan.id)).toEqual(jan);
    expect(await members.findByEmail('jan@delinden.nl')).toEqual(jan);
    expect(await members.findByEmail('piet@delinden.nl')).toBeNull();
    expect(await members.list()).toEqual([jan]);
  });

  test('an e-mail address is used once per business', async () => {
    const { members } = await database.aBusiness();
    await members.create({ name: 'Jan', email: 'jan@delinden.nl', role: 'owner' });
    await expect(members.create({ name: 'Ook Jan', email: 'JAN@delinden.nl', role: 'staff' })).rejects.toMatchObject({ code: 'member.email_taken' });
    await expect((await database.aBusiness()).members.create({ name: 'Jan', email: 'jan@delinden.nl', role: 'staff' })).resolves.toMatchObject({
      role: 'staff',
    });
  });

  test('another business does not know them', async () => {
    const jan = await (await database.aBusiness()).members.create({ name: 'Jan', email: 'jan@delinden.nl', role: 'owner' });
    const other = await database.aBusiness();
    expect(await other.members.get(jan.id)).toBeNull();
    expect(await other.members.findByEmail('jan@delinden.nl')).toBeNull();
  });
});

describe('sign-in links', () => {
  test('a link works once, even when two browsers open it together', async () => {
    const { businessId, signInLinks } = await database.aBusiness();
    const token = await signInLinks.create('mem_1' as MemberId, 60_000);
    const redeemed = await Promise.all([1, 2, 3].map(() => database.system.signInLinks.redeem(token)));
    expect(redeemed.filter((result) => result !== null)).toEqual([{ businessId, memberId: 'mem_1' }]);
  });

  test('a link that is too old, or was never given out, opens nothing', async () => {
    const { signInLinks } = await database.aBusiness();
    const token = await signInLinks.create('mem_1' as MemberId, 60_000);
    database.clock.setOffset(60_001);
    expect(await database.system.signInLinks.redeem(token)).toBeNull();
    database.clock.setOffset(0);
    expect(await database.system.signInLinks.redeem('link_made-up')).toBeNull();
  });
});

describe('API keys', () => {
  test('a key is known by its token until it is revoked', async () => {
    const { businessId, apiKeys } = await database.aBusiness();
    const { apiKey, token } = await apiKeys.create({ name: 'website', scopes: ['conversations'] });
    expect(token).toMatch(/^sk_[\w-]{43}$/);
    expect(await database.system.apiKeys.findByToken(token)).toEqual(apiKey);
    expect(apiKey).toMatchObject({ businessId, name: 'website', scopes: ['conversations'] });
    expect(await apiKeys.revoke(apiKey.id)).toBe(true);
    expect(await apiKeys.revoke(apiKey.id)).toBe(false);
    expect(await database.system.apiKeys.findByToken(token)).toBeNull();
    expect(await apiKeys.list()).toEqual([{ ...apiKey, revokedAt: expect.any(Date) }]);
  });

  test('seeding the same key again changes nothing', async () => {
    const { apiKeys } = await database.aBusiness();
    const first = await apiKeys.create({ name: 'demo', scopes: [], token: 'sk_demo-of-this-test' });
    expect(await apiKeys.create({ name: 'demo', scopes: [], token: 'sk_demo-of-this-test' })).toEqual(first);
  });

  test('another business cannot revoke it, nor take its token', async () => {
    const { apiKeys } = await database.aBusiness();
    const { apiKey, token } = await apiKeys.create({ name: 'website', scopes: [] });
    const other = await database.aBusiness();
    expect(await other.apiKeys.revoke(apiKey.id)).toBe(false);
    expect(await other.apiKeys.list()).toEqual([]);
    await expect(other.apiKeys.create({ name: 'theirs', scopes: [], token })).rejects.toThrow(/duplicate key/);
  });

  test('no token can be read from the database', async () => {
    const { apiKeys, signInLinks } = await database.aBusiness();
    const tokens = [(await apiKeys.create({ name: 'x', scopes: [] })).token, await signInLinks.create('mem_1' as MemberId, 60_000)];
    const raw = JSON.stringify([
      await database.connection.collection('apiKeys').find().toArray(),
      await database.connection.collection('signInLinks').find().toArray(),
    ]);
    for (const token of tokens) expect(raw).not.toContain(token.slice(5));
  });
});
