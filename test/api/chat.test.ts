import { createHmac, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { TestBusiness } from '../support/test-business.ts';
import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';
import { until } from '../support/waiting.ts';
import { callerOf, openEvents, withKey } from './browser.fixture.ts';

let env: TestEnv;
let garage: TestBusiness;

beforeAll(async () => {
  env = await startTestEnv({ settings: { CONVERSATION_TTL: '1h', CHAT_SESSIONS_PER_MINUTE: '1000' } });
  garage = await env.newBusiness();
}, 120_000);
afterAll(() => env?.[Symbol.asyncDispose]());

interface Session {
  token: string;
  conversationId: string;
  resumed: boolean;
  messages: { id: string; role: string; text: string }[];
}
interface Reply {
  state: string;
  reply: { id: string; role: string; text: string } | null;
}

const open = async (body: Record<string, unknown> = {}) => await callerOf(env.url).post<Session>('/api/chat/session', { businessId: garage.id, ...body });
const visitor = async (body: Record<string, unknown> = {}) => {
  const { body: session } = await open(body);
  const caller = callerOf(env.url, { authorization: `Bearer ${session.token}` });
  return { ...session, caller, says: (text: string, messageId = randomUUID()) => caller.post<Reply>('/api/chat/send', { messageId, text }) };
};
const history = async (caller: ReturnType<typeof callerOf>) => (await caller.get<{ items: Session['messages'] }>('/api/chat/history')).body.items;

describe('a visitor', () => {
  test('asks and is answered in the same request', async () => {
    const sanne = await visitor();
    const messageId = randomUUID();
    const answer = await sanne.says('Ik zoek een Volkswagen Golf', messageId);
    expect(answer).toMatchObject({ status: 200, body: { state: 'answered', reply: { role: 'assistant' } } });
    expect(answer.body.reply?.text).toContain('Golf');
    await env.settled();
    expect((await history(sanne.caller)).map(({ id, role }) => [id, role])).toEqual([
      [messageId, 'customer'],
      [answer.body.reply?.id, 'assistant'],
    ]);
  });

  test('who sends the same message again gets the same answer, also when nobody works', async () => {
    const sanne = await visitor();
    const messageId = randomUUID();
    const first = await sanne.says('Wanneer zijn jullie open?', messageId);
    await env.settled();
    await env.stopWorkers();
    const again = await sanne.says('Wanneer zijn jullie open?', messageId);
    await env.startWorkers();
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(await history(sanne.caller)).toHaveLength(2);
  });

  test('who asks while a member answers is told so', async () => {
    const sanne = await visitor();
    await sanne.says('Hallo');
    await env.settled();
    const staff = await withKey(env, garage);
    await garage.ctx.members.create({ name: 'Anna', email: `anna-${randomUUID()}@example.com`, role: 'owner' });
    expect((await staff.post(`/api/conversations/${sanne.conversationId}/takeover`)).status).toBe(200);
    expect((await sanne.says('Is er iemand?')).body).toEqual({ state: 'with_staff', reply: null });

    using live = await openEvents(`${env.url}/api/chat/stream?token=${sanne.token}`);
    const sent = await staff.post('/api/conversations/messages', {
      conversationId: sanne.conversationId,
      text: 'Met Anna, zeg het maar',
      clientId: randomUUID(),
    });
    expect(sent.status).toBe(202);
    await until(() => live.events.some(({ type, data }) => type === 'message' && data['text'] === 'Met Anna, zeg het maar'), {
      describe: () => "the member's words",
    });
    expect((await history(sanne.caller)).at(-1)?.text).toBe('Met Anna, zeg het maar');
  });

  test("nobody can read another visitor's chat", async () => {
    const sanne = await visitor();
    await sanne.says('Een geheim');
    await env.settled();
    const other = await visitor();
    expect(other.conversationId).not.toBe(sanne.conversationId);
    expect(await history(other.caller)).toEqual([]);
    using live = await openEvents(`${env.url}/api/chat/stream?token=${other.token}`);
    await sanne.says('Nog een geheim');
    await other.says('Hallo');
    await until(() => live.events.some(({ type }) => type === 'message'), { describe: () => 'an own message' });
    expect(JSON.stringify(live.events)).not.toContain('geheim');
  });
});

describe('session expiry', () => {
  test('a visitor who comes back in time goes on where they were; later they begin anew', async () => {
    const sanne = await visitor();
    await sanne.says('Hallo daar');
    await env.settled();
    const back = (await open({ token: sanne.token })).body;
    expect(back).toMatchObject({ resumed: true, conversationId: sanne.conversationId });
    expect(back.messages.map(({ role }) => role)).toEqual(['customer', 'assistant']);

    env.installation.advanceableClock?.setOffset(2 * 3_600_000);
    try {
      expect((await sanne.caller.get('/api/chat/history')).body).toMatchObject({ error: { code: 'chat.token_invalid' } });
      const late = (await open({ token: sanne.token })).body;
      expect(late).toMatchObject({ resumed: false, messages: [] });
      expect(late.conversationId).not.toBe(sanne.conversationId);
    } finally {
      env.installation.advanceableClock?.setOffset(0);
    }
  });

  test('a token that has run out while the talk went on still leads back to it', async () => {
    const sanne = await visitor();
    try {
      env.installation.advanceableClock?.setOffset(50 * 60_000);
      await sanne.says('Ik ben er nog');
      await env.settled();
      env.installation.advanceableClock?.setOffset(70 * 60_000);
      expect((await open({ token: sanne.token })).body).toMatchObject({ resumed: true, conversationId: sanne.conversationId });
    } finally {
      env.installation.advanceableClock?.setOffset(0);
    }
  });
});

describe('tokens', () => {
  const key = () => createHmac('sha256', env.config.sessionSecret).update('visitor-token').digest();
  const made = (changes: { alg?: string; typ?: string; aud?: string; iss?: string; exp?: number; secret?: Uint8Array }) =>
    new SignJWT({ biz: garage.id })
      .setProtectedHeader({ alg: changes.alg ?? 'HS256', typ: changes.typ ?? 'visitor+jwt' })
      .setSubject('visitor:x')
      .setAudience(changes.aud ?? 'webchat')
      .setIssuer(changes.iss ?? 'switchboard')
      .setExpirationTime(changes.exp ?? Math.floor(Date.now() / 1_000) + 600)
      .sign(changes.secret ?? key());
  const read = async (token: string) => (await callerOf(env.url, { authorization: `Bearer ${token}` }).get('/api/chat/history')).status;

  test('made for something else, by somebody else or without an end are refused', async () => {
    expect(await read(await made({}))).toBe(200);
    const bad = [
      await made({ typ: 'JWT' }),
      await made({ aud: 'dashboard' }),
      await made({ iss: 'other' }),
      await made({ exp: 1 }),
      await made({ alg: 'HS512', secret: Buffer.alloc(64) }),
      await made({ secret: Buffer.from('x'.repeat(32)) }),
    ];
    const [, payload] = (await made({})).split('.');
    const none = `${Buffer.from('{"alg":"none","typ":"visitor+jwt"}').toString('base64url')}.${payload}.`;
    for (const token of [...bad, none, 'x', '']) expect(await read(token)).toBe(401);
  });

  test("a visitor's token opens nothing of the staff's, and a key opens no chat", async () => {
    const { token } = await visitor();
    expect((await callerOf(env.url, { authorization: `Bearer ${token}` }).get('/api/conversations')).status).toBe(401);
    expect(await read((await withKey(env, garage)).token)).toBe(401);
  });

  test("another business's token starts anew here", async () => {
    const dentist = await env.newBusiness();
    const { token, conversationId } = await visitor();
    const there = (await open({ businessId: dentist.id, token })).body;
    expect(there.resumed).toBe(false);
    expect(there.conversationId).not.toBe(conversationId);
  });

  test('a business that does not exist has no chat', async () => {
    expect(await open({ businessId: 'biz_none' })).toMatchObject({ status: 404, body: { error: { code: 'business.not_found' } } });
  });
});

describe('somebody the website vouches for', () => {
  const signed = async (externalId: string) => {
    const { body } = await (await withKey(env, garage)).get<{ identitySecret: string }>('/api/settings/web-chat');
    return {
      externalId,
      name: 'Sanne de Vries',
      email: 'sanne@example.com',
      signature: createHmac('sha256', body.identitySecret).update(externalId).digest('hex'),
    };
  };

  test('has one conversation on every device, under their name', async () => {
    const identity = await signed(`user-${randomUUID()}`);
    const [phone, laptop] = [await visitor({ identity }), await visitor({ identity })];
    expect(phone.conversationId).toBe(laptop.conversationId);
    await phone.says('Hallo');
    await env.settled();
    const { body } = await (await withKey(env, garage)).get(`/api/conversations/${phone.conversationId}`);
    expect(body).toMatchObject({ channel: 'web', customer: { name: 'Sanne de Vries', email: 'sanne@example.com' } });
  });

  test('is refused with a signature for somebody else, or of another business', async () => {
    const identity = await signed('user-1');
    const dentist = await env.newBusiness();
    expect((await open({ identity: { ...identity, externalId: 'user-2' } })).status).toBe(403);
    expect((await open({ identity: { ...identity, signature: '0'.repeat(64) } })).status).toBe(403);
    expect((await open({ businessId: dentist.id, identity })).status).toBe(403);
  });
});

test('each endpoint counts visitors and addresses by itself, and says when to come back', async () => {
  await using busy = await startTestEnv({ workers: false, settings: { CHAT_SESSIONS_PER_MINUTE: '3', CHAT_READS_PER_MINUTE: '2' } });
  const business = await busy.newBusiness();
  const answers = [];
  for (let n = 0; n < 4; n += 1) answers.push(await callerOf(busy.url).post<Session>('/api/chat/session', { businessId: business.id }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
  const [one, other] = answers.map(({ body }) => callerOf(busy.url, { authorization: `Bearer ${body.token}` }));
  const reads = [];
  for (let n = 0; n < 3; n += 1) reads.push((await one?.get('/api/chat/history'))?.status);
  expect(reads).toEqual([200, 200, 429]);
  expect((await other?.get('/api/chat/history'))?.status).toBe(200);
});
