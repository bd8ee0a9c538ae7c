import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import type { Assistant, Reply, ReplyContext } from '#domain/assistant/assistant.port';
import type { BusinessProfile } from '#domain/business/profile';
import type { BusinessId } from '#domain/ids';
import { createAssistant } from '#services/assistant/assistant.chain';

const BUSINESS: BusinessProfile = {
  id: 'biz_test' as BusinessId,
  name: 'Garage De Linden',
  trade: 'car_dealer',
  timeZone: 'Europe/Amsterdam',
  locale: 'nl',
  hours: {},
  numbers: [],
  cars: [],
};
const BUDGET_MS = 60;
/** What a busy machine may add to a time-out of 60 ms. */
const SLACK_MS = 2_000;

const asked = (text: string): ReplyContext => ({
  business: BUSINESS,
  channel: 'whatsapp',
  nowMs: Date.now(),
  history: [],
  turn: [{ text, media: 0 }],
  memory: {},
  signal: new AbortController().signal,
});

const fine = (text: string | null): Reply => ({
  text,
  intent: 'test',
  confidence: 1,
  actions: [],
  memory: {},
  trace: { assistant: 'openai', language: 'nl', tools: [], sources: [], ms: 1 },
});

const misbehaving: fc.Arbitrary<Assistant> = fc.oneof(
  fc.constant<Assistant>({ name: 'openai', reply: () => Promise.reject(new Error('no model')) }),
  fc.constant<Assistant>({ name: 'openai', reply: () => new Promise<Reply>(() => undefined) }),
  fc.constant<Assistant>({ name: 'openai', reply: () => Promise.resolve(fine('   ')) }),
  fc.anything().map((garbage): Assistant => ({ name: 'openai', reply: () => Promise.resolve(garbage as Reply) })),
  fc.integer({ min: BUDGET_MS + 20, max: 4 * BUDGET_MS }).map((ms): Assistant => ({ name: 'openai', reply: () => pause(ms, fine('too late')) })),
);

describe('graceful degradation', () => {
  test('whatever the assistant does, the customer gets words, and staff can see why they are fixed ones', async () => {
    await fc.assert(
      fc.asyncProperty(misbehaving, fc.string({ maxLength: 200 }), async (assistant, text) => {
        const reply = await createAssistant({ timeoutMs: BUDGET_MS, assistants: [assistant] }).reply(asked(text));
        expect(reply.text?.trim()).toBeTruthy();
        expect(reply.text?.length).toBeLessThanOrEqual(1_600);
        expect(reply.trace).toMatchObject({ assistant: 'fallback', fallbackReason: expect.stringContaining('openai') });
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('the built-in assistant answers anything at all without failing', async () => {
    const assistant = createAssistant({ timeoutMs: 5_000 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ maxLength: 2_000 }), fc.string({ unit: 'grapheme', maxLength: 300 })), async (text) => {
        const reply = await assistant.reply(asked(text));
        expect(reply.trace.fallbackReason).toBeUndefined();
        expect(reply.confidence).toBeGreaterThanOrEqual(0);
        expect(reply.confidence).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe('response time within its budget', () => {
  test('however long the assistant would take, the reply is there when its time is up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 10 * BUDGET_MS }), async (thinksMs) => {
        const slow: Assistant = { name: 'openai', reply: () => pause(thinksMs, fine('Dag!'), { ref: false }) };
        const startedAt = performance.now();
        const reply = await createAssistant({ timeoutMs: BUDGET_MS, assistants: [slow] }).reply(asked('Hallo'));
        expect(performance.now() - startedAt).toBeLessThan(BUDGET_MS + SLACK_MS);
        expect(reply.text).toBeTruthy();
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
