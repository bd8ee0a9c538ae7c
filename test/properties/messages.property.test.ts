import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { MessageStatus } from '#domain/messages/status';
import { isForward, MESSAGE_STATUSES, statusRank } from '#domain/messages/status';
import { conversationIdOf } from '#services/conversations/conversation-address';
import { composeReply } from '#services/messages/compose-reply';
import { deliverMessage } from '#services/messages/deliver-message';
import { reconcileMessage } from '#services/messages/reconcile-message';
import { recordStatus } from '#services/messages/record-status';
import { addFault, aWrittenMessage, timesAccepted } from '../services/messages/support/written-message.ts';
import type { TestBusiness } from '../support/test-business.ts';
import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';

let env: TestEnv;
let garage: TestBusiness;

beforeAll(async () => {
  env = await startTestEnv({ workers: false, settings: { TWILIO_TIMEOUT_MS: '250' } });
  garage = await env.newBusiness();
});
afterAll(() => env[Symbol.asyncDispose]());

const sid = () => `SM${randomBytes(16).toString('hex')}`;

describe('message delivery consistency', () => {
  const trouble = fc.constantFrom('none', '429', '500-before', '500-after', 'reset-before', 'reset-after', 'hang');

  test('whatever Twilio does to each try, a message that is worked on until it is settled is accepted exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(trouble, { minLength: 1, maxLength: 3 }), async (troubles) => {
        env.simulator.world.faults.clear();
        addFault(env, { on: 'callbacks', kind: 'drop' });
        const { outboundId, customer } = await aWrittenMessage(garage);
        for (const kind of troubles) if (kind !== 'none') addFault(env, { on: 'messages.create', kind, count: 1, match: { to: customer } });
        for (let steps = 0; steps < 40; steps += 1) {
          const { outcome } = await deliverMessage(garage.ctx, { outboundId });
          if (outcome === 'accepted') break;
          if (outcome === 'unknown') await reconcileMessage(garage.ctx, { outboundId });
        }
        expect(timesAccepted(env, outboundId)).toBe(1);
        expect((await garage.ctx.messages.get(outboundId))?.delivery?.state).toBe('accepted');
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

describe('dedupe under any permutation and repetition of webhooks and callbacks', () => {
  test('however the webhooks of four messages are grouped, ordered and repeated, each message is covered once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }), async (batches) => {
        const address = { channel: 'whatsapp' as const, customerAddress: garage.phone().e164, businessAddress: garage.e164 };
        const conversationId = conversationIdOf(garage.ctx, address);
        const messages = [0, 1, 2, 3].map((n) => ({ messageId: sid(), text: `vraag ${n}`, media: [], receivedAtMs: Date.now() + n, kind: 'text' as const }));
        for (const batch of batches) {
          const burst = [...new Set(batch)].flatMap((n) => messages[n] ?? []);
          await composeReply(garage.ctx, { ...address, conversationId, messages: burst, signal: new AbortController().signal });
        }
        const { items } = await garage.ctx.messages.listByConversation({ conversationId, limit: 100 });
        const written = new Set(batches.flat());
        const inbound = items.filter((message) => message.direction === 'inbound');
        const replies = items.filter((message) => message.direction === 'outbound');
        expect(inbound).toHaveLength(written.size);
        const covers = inbound.flatMap((message) => message.coveredBy ?? []);
        // Unsure twice, the assistant hands over: from then on the recorded reason is that a member answers.
        const reasons = inbound.filter((message) => message.coveredBy === undefined).map((message) => message.coverReason);
        expect(reasons.every((reason) => reason === 'takeover')).toBe(true);
        expect(covers.every((cover) => replies.some((reply) => reply.id === cover))).toBe(true);
        expect(new Set(covers).size).toBe(replies.length);
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  test('however callbacks are ordered and repeated, the message ends with the highest status that was reported', async () => {
    const reported = fc.array(fc.constantFrom<MessageStatus>('queued', 'sending', 'sent', 'delivered', 'read'), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(reported, async (statuses) => {
        env.simulator.world.faults.clear();
        addFault(env, { on: 'callbacks', kind: 'drop' });
        const { outboundId } = await aWrittenMessage(garage);
        await deliverMessage(garage.ctx, { outboundId });
        const { delivery } = (await garage.ctx.messages.get(outboundId)) ?? {};
        for (const status of statuses) await recordStatus(garage.ctx, { outboundId, sid: delivery?.sid ?? '', status });
        const highest = Math.max(statusRank('queued'), ...statuses.map(statusRank));
        expect(statusRank((await garage.ctx.messages.get(outboundId))?.status ?? 'accepted')).toBe(highest);
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

describe('status monotonicity', () => {
  test('taking only forward steps, no sequence of statuses ever lowers the rank', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MESSAGE_STATUSES), { maxLength: 20 }), (statuses) => {
        let current: MessageStatus | undefined;
        for (const next of statuses) {
          const before = current ? statusRank(current) : 0;
          if (isForward(current, next)) current = next;
          expect(current ? statusRank(current) : 0).toBeGreaterThanOrEqual(before);
        }
      }),
    );
  });
});
