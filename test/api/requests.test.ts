import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';
import type { Caller } from './browser.fixture.ts';
import { callerOf, withKey } from './browser.fixture.ts';
import { send } from './twilio-caller.fixture.ts';

let env: TestEnv;
let staff: Caller;

beforeAll(async () => {
  env = await startTestEnv({ workers: false, settings: { CHAT_SESSIONS_PER_MINUTE: '1000' } });
  staff = await withKey(env, await env.newBusiness());
}, 120_000);
afterAll(() => env?.[Symbol.asyncDispose]());

const MESSAGE = { channel: 'sms', to: '+31612345678', text: 'hallo', clientId: '0b9d2f6e-93a1-4a52-9a57-6d0b6a0f9a10' };
const SESSION = { businessId: 'biz_x' };
const OPERATORS = [{ $ne: null }, { $gt: '' }, { $where: 'sleep(1000)' }, { $regex: '.*' }, ['a', 'b'], null, 1, true, { __proto__: { admin: true } }];

describe('what is no request', () => {
  test('JSON that breaks off is told so, without its words', async () => {
    const answer = await staff.post('/api/conversations/messages', '{"text": "geheim');
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'request.malformed_json' } } });
    expect(answer.text).not.toContain('geheim');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'])(
    'a body sent as %s is refused with 415',
    async (type) => {
      const answer = await staff.post('/api/conversations/messages', JSON.stringify(MESSAGE), { 'content-type': type });
      expect(answer).toMatchObject({ status: 415, body: { error: { code: 'request.unsupported_media_type' } } });
    },
  );

  test('no body, a bare value and a list are refused with 400', async () => {
    for (const body of [undefined, '"x"', '3', '[]', 'null']) expect((await staff.post('/api/conversations/messages', body)).status).toBe(400);
  });

  test('a body that is too large is refused with 413', async () => {
    const answer = await staff.post('/api/conversations/messages', { ...MESSAGE, text: 'a'.repeat(200_000) });
    expect(answer).toMatchObject({ status: 413, body: { error: { code: 'request.too_large' } } });
  });

  test('a body nested ten thousand deep is an answer, not an accident', async () => {
    const deep = `{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    expect((await staff.post('/api/conversations/messages', deep)).status).toBe(400);
  });

  test('what is wrong is named by its place and never repeated', async () => {
    const answer = await staff.post<{ error: { details: { issues: unknown[] } } }>('/api/chat/session', { businessId: 'geheim woord!' });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'request.invalid', requestId: expect.any(String) } } });
    expect(answer.body.error.details.issues).toHaveLength(1);
    expect(answer.text).not.toContain('geheim');
  });
});

describe('operators instead of values', () => {
  test.each(Object.keys(MESSAGE))('are refused in %s of a new message', async (field) => {
    for (const value of OPERATORS) expect((await staff.post('/api/conversations/messages', { ...MESSAGE, [field]: value })).status).toBe(400);
  });

  test.each(['businessId', 'token', 'identity'])('are refused in %s of a chat session', async (field) => {
    for (const value of OPERATORS) expect((await staff.post('/api/chat/session', { ...SESSION, [field]: value })).status).toBe(400);
  });

  test('are refused as the token of a sign-in link', async () => {
    for (const value of OPERATORS.slice(0, 5)) expect((await callerOf(env.url).post('/api/sign-in/redeem', { token: value })).status).toBe(400);
  });

  test.each(['cursor', 'limit', 'status', 'channel', 'owner', 'unread', 'attention', 'q', 'phone', 'email'])(
    'in the query field %s do nothing',
    async (field) => {
      for (const query of [`${field}[$ne]=x`, `${field}[]=x`, `${encodeURIComponent(field)}%5B%24gt%5D=`])
        expect((await staff.get(`/api/conversations?${query}`)).status).toBe(200);
      expect((await staff.get(`/api/conversations?${field}=ab&${field}=cd`)).status).toBe(400);
    },
  );

  test('keys of the prototype arrive as nothing', async () => {
    const answer = await staff.post('/api/chat/session', '{"businessId":"biz_x","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}');
    expect(answer.status).toBe(404);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  test('an id that no id can look like names nothing', async () => {
    for (const id of ['%24where', '..%2F..%2Fetc', '%00', 'a'.repeat(300), '%7B%22%24ne%22%3A1%7D'])
      expect((await staff.get(`/api/conversations/${id}`)).status).toBe(404);
    expect((await staff.get('/api/conversations/%E0%A4%A')).status).toBe(400);
  });
});

describe('the edges of the API', () => {
  test('an address that is none answers in JSON with a request id', async () => {
    const answer = await staff.get<{ error: { requestId: string } }>('/api/nothing');
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'route.not_found' } } });
    expect(answer.headers.get('x-request-id')).toBe(answer.body.error.requestId);
  });

  test('a route asked by another method says which it has', async () => {
    const answer = await fetch(`${env.url}/api/me`, { method: 'DELETE' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET');
  });

  test('a list is paged within its bounds, and a made-up cursor is refused', async () => {
    for (const limit of ['0', '101', '-1', 'x', '1.5']) expect((await staff.get(`/api/conversations?limit=${limit}`)).status).toBe(400);
    expect((await staff.get('/api/conversations?cursor=made-up')).body).toMatchObject({ error: { code: 'cursor.invalid' } });
  });

  test('a hundred kilobytes of headers or address are refused', async () => {
    expect((await send(`${env.url}/api/me`, { headers: { 'x-big': 'a'.repeat(100_000) } }).catch(() => ({ status: 431 }))).status).toBe(431);
    expect([414, 431]).toContain((await send(`${env.url}/api/me?x=${'a'.repeat(100_000)}`).catch(() => ({ status: 431 }))).status);
  });

  test('no answer of the API is kept by a cache', async () => {
    expect((await staff.get('/api/me')).headers.get('cache-control')).toBe('no-store');
  });
});

test('one key may ask so often in a minute, and is told when to come back', async () => {
  await using busy = await startTestEnv({ workers: false, settings: { API_PER_MINUTE: '3' } });
  const business = await busy.newBusiness();
  const [one, other] = [await withKey(busy, business), await withKey(busy, business)];
  const statuses = [];
  for (let n = 0; n < 5; n += 1) statuses.push((await one.get('/api/me')).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  const refused = await one.get('/api/me');
  expect(refused.body).toMatchObject({ error: { code: 'rate.limited' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await other.get('/api/me')).status).toBe(200);
});
