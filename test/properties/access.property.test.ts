import fc from 'fast-check';
import { conversationIdOf } from '#services/conversations/conversation-address';
import { storeInbound } from '#services/messages/store-inbound';
import type { TestBusiness } from '../support/test-business.ts';
import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';

const SECRET_WORDS = 'kanarie in de kolenmijn';
let env: TestEnv;
let ours: { garage: TestBusiness; conversationId: string; token: string };
let theirs: { garage: TestBusiness; conversationId: string; token: string };

beforeAll(async () => {
  env = await startTestEnv({ workers: false });
  [ours, theirs] = [await aBusinessWithATalk(), await aBusinessWithATalk()];
});
afterAll(() => env[Symbol.asyncDispose]());

async function aBusinessWithATalk() {
  const garage = await env.newBusiness();
  const address = { channel: 'sms' as const, customerAddress: garage.phone().e164, businessAddress: garage.e164 };
  const conversationId = conversationIdOf(garage.ctx, address);
  const message = { messageId: `SM${'a'.repeat(32)}`, text: SECRET_WORDS, media: [], receivedAtMs: Date.now(), kind: 'text' as const };
  await storeInbound(garage.ctx, { ...address, conversationId, messages: [message] });
  const { token } = await garage.ctx.apiKeys.create({ name: 'test', scopes: [] });
  return { garage, conversationId, token };
}

const idOf = (whose: string): string => (whose === 'ours' ? ours.conversationId : whose === 'theirs' ? theirs.conversationId : whose);
const expectedStatus = (whose: string, who: string): number => (who === 'nobody' ? 401 : whose === 'ours' ? 200 : 404);

async function asked(id: string, route: string, who: string): Promise<{ status: number; body: string }> {
  const headers = who === 'ours' ? { authorization: `Bearer ${ours.token}` } : undefined;
  const response = await fetch(`${env.url}/api/conversations/${id}${route}`, { headers });
  return { status: response.status, body: await response.text() };
}

const ROUTES = ['', '/messages', '/state'] as const;

describe('authentication-based data access', () => {
  test('a key opens its own business’s conversations and, for every other id, says the same as for one that does not exist', async () => {
    const ids = fc.oneof(fc.constant('ours'), fc.constant('theirs'), fc.stringMatching(/^[A-Za-z0-9_-]{22}$/));
    await fc.assert(
      fc.asyncProperty(ids, fc.constantFrom(...ROUTES), fc.constantFrom('ours', 'nobody'), async (whose, route, who) => {
        const { status, body } = await asked(idOf(whose), route, who);
        const expected = expectedStatus(whose, who);
        expect(status).toBe(expected);
        if (expected === 404) expect(JSON.parse(body)).toMatchObject({ error: { code: 'conversation.not_found' } });
        if (expected !== 200) expect(body).not.toContain(SECRET_WORDS);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('data encryption in transit', () => {
  test('nothing of what somebody wrote can be read in what Temporal is sent', async () => {
    const { client } = env.installation.temporal;
    const codec = client.options.loadedDataConverter.payloadCodecs[0];
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 4, maxLength: 300 }), async (text) => {
        const payload = client.options.loadedDataConverter.payloadConverter.toPayload(text);
        const [encoded] = (await codec?.encode([payload])) ?? [];
        expect(Buffer.from(encoded?.metadata?.['encoding'] ?? []).toString()).toBe('binary/encrypted');
        expect(Buffer.from(encoded?.data ?? []).includes(Buffer.from(text))).toBe(false);
        const [decoded] = (await codec?.decode(encoded ? [encoded] : [])) ?? [];
        expect(Buffer.from(decoded?.data ?? []).toString()).toBe(JSON.stringify(text));
      }),
      { numRuns: 60 },
    );
  });
});
