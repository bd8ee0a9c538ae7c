import { randomUUID } from 'node:crypto';
import { deliverMessage } from '#services/messages/deliver-message';
import { reconcileMessage } from '#services/messages/reconcile-message';
import { retryMessage } from '#services/messages/retry-message';
import type { TestEnv } from '../../support/test-env.ts';
import { startTestEnv } from '../../support/test-env.ts';
import { addFault, aWrittenMessage, timesAccepted } from './support/written-message.ts';

const settings = { TWILIO_TIMEOUT_MS: '1500' };
let env: TestEnv;

beforeAll(async () => {
  env = await startTestEnv({ workers: false, settings });
});
afterAll(() => env[Symbol.asyncDispose]());
beforeEach(() => env.simulator.world.faults.clear());

describe('sending a message', () => {
  test('when twenty workers deliver the same message at once, Twilio gets it once', async () => {
    const garage = await env.newBusiness();
    const { outboundId } = await aWrittenMessage(garage);
    await Promise.all(Array.from({ length: 20 }, () => deliverMessage(garage.ctx, { outboundId })));
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'accepted' });
    expect(timesAccepted(env, outboundId)).toBe(1);
  });

  test.each(['500-after', 'reset-after', 'hang'] as const)('when Twilio takes it and then %s, looking finds it and nobody sends it twice', async (kind) => {
    const garage = await env.newBusiness();
    const { outboundId, customer } = await aWrittenMessage(garage);
    addFault(env, { on: 'messages.create', kind, count: 1, match: { to: customer } });
    addFault(env, { on: 'callbacks', kind: 'drop' });
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'unknown' });
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'unknown' });
    expect(await reconcileMessage(garage.ctx, { outboundId })).toEqual({ found: true });
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'accepted' });
    expect(timesAccepted(env, outboundId)).toBe(1);
  });

  test.each(['500-before', 'reset-before'] as const)('when Twilio never took it (%s), three empty looks allow a second try', async (kind) => {
    const garage = await env.newBusiness();
    const { outboundId, customer } = await aWrittenMessage(garage);
    addFault(env, { on: 'messages.create', kind, count: 1, match: { to: customer } });
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'unknown' });
    expect(await reconcileMessage(garage.ctx, { outboundId })).toEqual({ found: false, emptyLooks: 1 });
    expect(await reconcileMessage(garage.ctx, { outboundId })).toEqual({ found: false, emptyLooks: 2 });
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'unknown' });
    expect(await reconcileMessage(garage.ctx, { outboundId })).toEqual({ found: false, emptyLooks: 3 });
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'accepted' });
    expect(timesAccepted(env, outboundId)).toBe(1);
  });

  test('when two equal texts are in doubt and Twilio has one, one row claims it and the other stays open', async () => {
    const garage = await env.newBusiness();
    const first = await aWrittenMessage(garage, { text: 'Ja.' });
    const second = await aWrittenMessage(garage, { text: 'Ja.', customer: first.customer });
    addFault(env, { on: 'callbacks', kind: 'drop' });
    addFault(env, { on: 'messages.create', kind: '500-after', count: 1, match: { to: first.customer } });
    await deliverMessage(garage.ctx, first);
    env.simulator.world.faults.clear();
    addFault(env, { on: 'messages.create', kind: '500-before', count: 1, match: { to: first.customer } });
    await deliverMessage(garage.ctx, second);
    const looks = [await reconcileMessage(garage.ctx, first), await reconcileMessage(garage.ctx, second)];
    expect(looks.filter((look) => look.found)).toHaveLength(1);
  });

  test('when a worker dies in the middle of a try, the message is looked for before anybody sends it', async () => {
    const garage = await env.newBusiness();
    const { outboundId } = await aWrittenMessage(garage);
    await garage.ctx.messages.claim(outboundId, { lease: randomUUID(), at: new Date(), leaseMs: 200 });
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'unknown' });
    const early = await reconcileMessage(garage.ctx, { outboundId });
    expect(early).toMatchObject({ found: false, emptyLooks: 0, busyForMs: expect.any(Number) });
  });

  test('when Twilio is busy four times, the message is parked and says that it waits for Twilio', async () => {
    const garage = await env.newBusiness();
    const { outboundId, customer } = await aWrittenMessage(garage);
    addFault(env, { on: 'messages.create', kind: '429', match: { to: customer } });
    const outcomes = [];
    for (let n = 0; n < 4; n += 1) outcomes.push((await deliverMessage(garage.ctx, { outboundId })).outcome);
    expect(outcomes).toEqual(['retryable', 'retryable', 'retryable', 'parked']);
    expect((await garage.ctx.messages.get(outboundId))?.delivery).toMatchObject({ state: 'parked', waitsFor: 'twilio', attempts: 4 });
    env.simulator.world.faults.clear();
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'accepted' });
  });

  test('when the number does not exist, the message fails at once with its reason', async () => {
    const garage = await env.newBusiness();
    const { outboundId } = await aWrittenMessage(garage, { customer: '+15005550001' });
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'refused', errorCode: 21211 });
    expect((await garage.ctx.messages.get(outboundId))?.delivery).toMatchObject({ state: 'failed', errorCode: 21211, attempts: 1 });
  });

  test('when the customer opted out, nothing is sent', async () => {
    const garage = await env.newBusiness();
    const { outboundId, customer } = await aWrittenMessage(garage);
    await garage.ctx.optOuts.optOut({ channel: 'sms', address: customer, businessAddress: garage.e164 }, 'stop');
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'refused', errorCode: 21610 });
    expect(timesAccepted(env, outboundId)).toBe(0);
  });

  test('when a day has passed on WhatsApp, the message waits for a template instead of failing', async () => {
    const garage = await env.newBusiness();
    const { outboundId } = await aWrittenMessage(garage, { channel: 'whatsapp' });
    env.installation.advanceableClock?.setOffset(25 * 60 * 60 * 1_000);
    try {
      expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'parked', waitsFor: 'template' });
      expect(timesAccepted(env, outboundId)).toBe(0);
    } finally {
      env.installation.advanceableClock?.setOffset(0);
    }
  });

  test('a business without a Twilio account keeps its messages until it has one', async () => {
    const garage = await env.newBusiness();
    const { outboundId } = await aWrittenMessage(garage);
    await garage.ctx.business.setTwilio(null);
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'parked', waitsFor: 'credentials' });
    await garage.ctx.business.setTwilio(garage.account);
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'accepted' });
  });
});

describe('sending a failed message again', () => {
  test('a message that is on its way cannot be sent again', async () => {
    const garage = await env.newBusiness();
    const { outboundId } = await aWrittenMessage(garage);
    await deliverMessage(garage.ctx, { outboundId });
    const message = await garage.ctx.messages.get(outboundId);
    if (!message) throw new Error('the message is gone');
    await expect(retryMessage(garage.ctx, { conversationId: message.conversationId, messageId: outboundId })).rejects.toMatchObject({
      code: 'message.not_retryable',
    });
  });

  test('a message of another conversation is not found', async () => {
    const garage = await env.newBusiness();
    const [one, other] = [await aWrittenMessage(garage), await aWrittenMessage(garage)];
    const message = await garage.ctx.messages.get(other.outboundId);
    if (!message) throw new Error('the message is gone');
    await expect(retryMessage(garage.ctx, { conversationId: message.conversationId, messageId: one.outboundId })).rejects.toMatchObject({ kind: 'not_found' });
  });
});
