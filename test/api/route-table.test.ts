import type { Route } from '#api/define-route';
import { routeTable } from '#api/route-table';
import type { TestBusiness } from '../support/test-business.ts';
import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';
import type { Caller } from './browser.fixture.ts';
import { callerOf, newMember, signIn, withKey } from './browser.fixture.ts';

const ROUTES = routeTable(() => {
  throw new Error('only the table is read here');
});

/** Everything that may be asked without a login; a new route is closed until somebody writes it here and says why. */
const OPEN = [
  'POST /api/sign-in/redeem', // the way in
  'POST /api/chat/session', // the way in for visitors
];
const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;

let env: TestEnv;
let garage: TestBusiness;
let dentist: TestBusiness;
let outsider: Caller;
const CANARY = 'canary-4711';
let ids: { conversationId: string; messageId: string; turnId: string };

beforeAll(async () => {
  env = await startTestEnv({ workers: false });
  [garage, dentist] = [await env.newBusiness(), await env.newBusiness()];
  outsider = await withKey(env, dentist);
  ids = await aConversation(garage);
}, 120_000);
afterAll(() => env?.[Symbol.asyncDispose]());

async function aConversation({ ctx, e164 }: TestBusiness) {
  const address = { channel: 'whatsapp' as const, customerAddress: '+31687654321', businessAddress: e164 };
  const conversationId = ctx.keys.conversationId(ctx.businessId, address.channel, address.customerAddress, address.businessAddress);
  const customer = await ctx.customers.findOrCreate({ channel: 'whatsapp', address: address.customerAddress, displayName: CANARY });
  const at = new Date();
  await ctx.conversations.ensure({ id: conversationId, customerId: customer.id, ...address, at });
  const messageId = `SM${'a'.repeat(32)}`;
  await ctx.messages.insertInbound({ id: conversationId, customerId: customer.id }, [
    { messageId, text: CANARY, media: [], receivedAtMs: at.getTime(), kind: 'text' },
  ]);
  await ctx.conversations.noteInbound(conversationId, { at, preview: CANARY, messageIds: [messageId] });
  return { conversationId, messageId: `${conversationId}.${messageId}`, turnId: `${conversationId}.${messageId}` };
}

const addressOf = ({ path }: Route): string =>
  path.replace(':conversationId', ids.conversationId).replace(':messageId', encodeURIComponent(ids.messageId)).replace(':turnId', ids.turnId);
const ask = (caller: Caller, route: Route, body: unknown = {}) => (route.method === 'get' ? caller.get(addressOf(route)) : caller.post(addressOf(route), body));

describe.each(ROUTES.map((route) => [nameOf(route), route] as const))('%s', (name, route) => {
  const isLoopbackOnly = route.access === 'operator';

  test('is closed unless it is one of the few that are open on purpose', async () => {
    if (OPEN.includes(name)) expect(route.access).toBe('open');
    else if (isLoopbackOnly) expect((await ask(callerOf(env.url, { origin: 'https://evil.example' }), route)).status).toBe(403);
    else expect((await ask(callerOf(env.url), route)).status).toBe(401);
  });

  test('takes no key or token that we did not give out', async () => {
    const forged = await ask(callerOf(env.url, { authorization: 'Bearer sk_forged_0123456789abcdef' }), route);
    expect(forged.status).toBeGreaterThanOrEqual(400);
    expect([400, 401]).toContain(forged.status);
  });
});

describe.each(ROUTES.filter(({ params }) => params).map((route) => [nameOf(route), route] as const))('%s', (_name, route) => {
  test('for another business there is no such thing, whoever asks', async () => {
    const body = { text: 'x', clientId: '0b9d2f6e-93a1-4a52-9a57-6d0b6a0f9a10' };
    const member = await signIn(env, dentist, await newMember(dentist));
    for (const caller of [outsider, member.caller]) {
      const answer = await ask(caller, route, body);
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain(CANARY);
    }
  });
});

test("writing into another business's conversation finds none", async () => {
  const answer = await outsider.post('/api/conversations/messages', {
    conversationId: ids.conversationId,
    text: 'hallo',
    clientId: '0b9d2f6e-93a1-4a52-9a57-6d0b6a0f9a10',
  });
  expect(answer).toMatchObject({ status: 404, body: { error: { code: 'conversation.not_found' } } });
});

test('lists of another business are free of it, whatever is searched for', async () => {
  for (const path of ['/api/conversations', `/api/conversations?q=${CANARY}`, '/api/conversations?phone=%2B31687654321', '/api/webhook-log']) {
    const answer = await outsider.get<{ items: unknown[] }>(path);
    expect(answer).toMatchObject({ status: 200, body: { items: [] } });
  }
  const own = await withKey(env, garage);
  for (const path of [
    '/api/conversations',
    `/api/conversations?q=${CANARY}`,
    '/api/conversations?phone=0687654321',
    '/api/conversations?unread=true&channel=whatsapp&status=open&owner=assistant',
  ]) {
    expect((await own.get<{ items: unknown[] }>(path)).body.items).toHaveLength(1);
  }
});
