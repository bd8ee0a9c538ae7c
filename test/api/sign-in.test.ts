import { createSignInLink } from '#services/auth/create-sign-in-link';
import type { TestBusiness } from '../support/test-business.ts';
import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';
import { callerOf, newMember, signIn, withKey } from './browser.fixture.ts';

let env: TestEnv;
let garage: TestBusiness;

beforeAll(async () => {
  env = await startTestEnv({ workers: false });
  garage = await env.newBusiness();
}, 120_000);
afterAll(() => env?.[Symbol.asyncDispose]());

const sessions = () => env.installation.mongo.collection('sessions');
const linkFor = async () => {
  const { url } = await createSignInLink(garage.ctx, { memberId: (await newMember(garage)).id });
  return new URL(url).searchParams.get('t') ?? '';
};

describe('authentication-based data access', () => {
  test('a one-time link signs a member in, once', async () => {
    const token = await linkFor();
    const first = await callerOf(env.url).post('/api/sign-in/redeem', { token });
    const second = await callerOf(env.url).post('/api/sign-in/redeem', { token });
    expect([first.status, second.status]).toEqual([204, 401]);
    expect(second.body).toMatchObject({ error: { code: 'auth.link_invalid' } });
  });

  test('of many browsers with the same link, one gets in', async () => {
    const token = await linkFor();
    const answers = await Promise.all(Array.from({ length: 5 }, () => callerOf(env.url).post('/api/sign-in/redeem', { token })));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  test('a link that is older than a quarter of an hour is worth nothing', async () => {
    const token = await linkFor();
    env.installation.advanceableClock?.setOffset(16 * 60_000);
    const answer = await callerOf(env.url).post('/api/sign-in/redeem', { token });
    env.installation.advanceableClock?.setOffset(0);
    expect(answer.status).toBe(401);
  });

  test('opening the link changes nothing, so that no mail scanner can use it up', async () => {
    const token = await linkFor();
    await fetch(`${env.url}/welcome?t=${token}`);
    expect((await callerOf(env.url).post('/api/sign-in/redeem', { token })).status).toBe(204);
  });

  test('whoever guesses links is stopped', async () => {
    await using guessed = await startTestEnv({ workers: false });
    const statuses = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await callerOf(guessed.url).post('/api/sign-in/redeem', { token: `guess-number-${n}-of-many` })).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  test('a signed-in member sees who they are and their business', async () => {
    const member = await newMember(garage, 'Sanne');
    const { caller } = await signIn(env, garage, member);
    expect((await caller.get('/api/me')).body).toMatchObject({
      member: { id: member.id, name: 'Sanne', role: 'owner' },
      business: { id: garage.id, name: 'Garage De Linden' },
      testMode: true,
    });
  });

  test('a key sees the business it was made for, until it is revoked', async () => {
    const caller = await withKey(env, garage);
    expect((await caller.get('/api/me')).body).toMatchObject({ member: { role: 'api_key' }, business: { id: garage.id } });
    const [key] = (await garage.ctx.apiKeys.list()).slice(-1);
    await garage.ctx.apiKeys.revoke(key?.id ?? '');
    expect(await caller.get('/api/me')).toMatchObject({ status: 401, body: { error: { code: 'auth.key_invalid' } } });
  });
});

describe('the session', () => {
  test('is a cookie no script can read and no other site can send, and the database cannot be used to sign in', async () => {
    const { setCookie, cookie } = await signIn(env, garage, await newMember(garage));
    expect(setCookie).toMatch(/^sb\.sid=s%3A[\w-]{32}\.[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    const id =
      decodeURIComponent(cookie.split('=')[1] ?? '')
        .slice(2)
        .split('.')[0] ?? '';
    const stored = await sessions().find().toArray();
    expect(JSON.stringify(stored)).not.toContain(id);
  });

  test('gets a new id at sign-in, whatever the browser brought', async () => {
    const first = await signIn(env, garage, await newMember(garage));
    const again = await callerOf(env.url, { cookie: first.cookie }).post('/api/sign-in/redeem', { token: await linkFor() });
    const next = again.headers.get('set-cookie')?.split(';')[0];
    expect(next).toBeDefined();
    expect(next).not.toBe(first.cookie);
    expect((await callerOf(env.url, { cookie: first.cookie }).get('/api/me')).status).toBe(401);
  });

  test('is not made for somebody who has not signed in', async () => {
    const before = await sessions().countDocuments();
    for (const path of ['/api/me', '/inbox', '/health/live', '/webhooks/twilio/sms'])
      expect((await callerOf(env.url).get(path)).headers.get('set-cookie')).toBeNull();
    expect(await sessions().countDocuments()).toBe(before);
  });

  test('is over at sign-out, and a stolen copy of the cookie with it', async () => {
    const { caller, cookie } = await signIn(env, garage, await newMember(garage));
    expect((await caller.post('/api/sign-out')).status).toBe(204);
    expect((await callerOf(env.url, { cookie }).get('/api/me')).status).toBe(401);
  });

  test('is worth nothing once its member is gone', async () => {
    const member = await newMember(garage);
    const { caller } = await signIn(env, garage, member);
    await env.installation.db.members.collection.deleteOne({ _id: member.id as never });
    expect(await caller.get('/api/me')).toMatchObject({ status: 401, body: { error: { code: 'auth.session_ended' } } });
  });

  test('with a cookie that was tampered with is none', async () => {
    const { cookie } = await signIn(env, garage, await newMember(garage));
    for (const bad of [`${cookie}x`, cookie.replace('s%3A', ''), 'sb.sid=s%3Aaaaa.bbbb', 'sb.sid=%E0%A4%A'])
      expect((await callerOf(env.url, { cookie: bad }).get('/api/me')).status).toBe(401);
  });
});

describe("a request from somebody else's page", () => {
  test.each([
    ['without the token', { 'x-csrf-token': '' }],
    ["with another session's token", { 'x-csrf-token': 'A'.repeat(43) }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['from a sibling domain', { 'sec-fetch-site': 'same-site' }],
    ['with the origin "null"', { origin: 'null' }],
  ])('%s changes nothing', async (_name, headers) => {
    const { caller } = await signIn(env, garage, await newMember(garage));
    const answer = await caller.post('/api/sign-out', undefined, headers);
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'auth.csrf' } } });
    expect((await caller.get('/api/me')).status).toBe(200);
  });

  test('cannot sign the browser in as somebody else', async () => {
    const token = await linkFor();
    expect((await callerOf(env.url, { origin: 'https://evil.example' }).post('/api/sign-in/redeem', { token })).status).toBe(403);
  });

  test('of our own is let through', async () => {
    const { caller } = await signIn(env, garage, await newMember(garage));
    expect((await caller.post('/api/sign-out', undefined, { origin: env.config.publicUrl, 'sec-fetch-site': 'same-origin' })).status).toBe(204);
  });
});
