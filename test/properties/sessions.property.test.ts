import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { conversationIdOf } from '#services/conversations/conversation-address';
import { composeReply } from '#services/messages/compose-reply';
import { storeInbound } from '#services/messages/store-inbound';
import type { TestBusiness } from '../support/test-business.ts';
import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';

const TTL_MS = 60 * 60_000;
const MOST_REMEMBERED = 6;
let env: TestEnv;
let garage: TestBusiness;

beforeAll(async () => {
  env = await startTestEnv({ workers: false, settings: { CONVERSATION_TTL: '1h', MAX_CONTEXT_MESSAGES: String(MOST_REMEMBERED) } });
  garage = await env.newBusiness();
});
afterAll(() => env[Symbol.asyncDispose]());

const aCustomer = () => {
  const address = { channel: 'sms' as const, customerAddress: garage.phone().e164, businessAddress: garage.e164 };
  return { ...address, conversationId: conversationIdOf(garage.ctx, address) };
};
const says = (text: string, receivedAtMs: number) => ({
  messageId: `SM${randomBytes(16).toString('hex')}`,
  text,
  media: [],
  receivedAtMs,
  kind: 'text' as const,
});

describe('session context preservation', () => {
  test('the assistant reads the latest words of the session, in their order, and never more than it may', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 10 }), async (texts) => {
        const customer = aCustomer();
        const start = Date.now() - 30 * 60_000;
        for (const [n, text] of texts.entries()) await storeInbound(garage.ctx, { ...customer, messages: [says(text, start + n * 1_000)] });
        const context = await garage.ctx.messages.contextOf({ conversationId: customer.conversationId, before: new Date(), limit: MOST_REMEMBERED });
        expect(context.map((message) => message.content)).toEqual(texts.slice(-MOST_REMEMBERED));
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  test('what was talked about is still known when the next run of the workflow answers', async () => {
    const customer = aCustomer();
    const { signal } = new AbortController();
    const now = Date.now();
    await composeReply(garage.ctx, { ...customer, messages: [says('Ik zoek een Volkswagen Golf', now - 2_000)], signal });
    const { outbound } = await composeReply(garage.ctx, { ...customer, messages: [says('en wat kost die?', now - 1_000)], signal });
    const reply = outbound[0] ? await garage.ctx.messages.get(outbound[0]) : null;
    expect(reply?.content).toMatch(/18\.950/);
  });
});

describe('session expiry', () => {
  test('context survives any silence shorter than CONVERSATION_TTL and none that is longer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 * TTL_MS }), async (silenceMs) => {
        const customer = aCustomer();
        const start = Date.now() - 4 * TTL_MS;
        await storeInbound(garage.ctx, { ...customer, messages: [says('eerst', start)] });
        await garage.ctx.conversations.setMemory(customer.conversationId, { car: 'golf' }, 'nl');
        const { conversation } = await storeInbound(garage.ctx, { ...customer, messages: [says('later', start + silenceMs)] });
        const isOver = silenceMs >= TTL_MS;
        expect(conversation.memory).toEqual(isOver ? {} : { car: 'golf' });
        const context = await garage.ctx.messages.contextOf({
          conversationId: customer.conversationId,
          from: conversation.contextFrom,
          before: new Date(),
          limit: 10,
        });
        expect(context.map((message) => message.content)).toEqual(isOver ? ['later'] : ['eerst', 'later']);
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});
