import { randomBytes } from 'node:crypto';
import type { ServiceContext } from '#services/context';
import { sweepParked } from '#services/maintenance/sweep-parked';
import { receiveMessage } from '#services/messages/receive-message';
import { createBreaker } from '#services/messages/temporal-breaker';
import type { TestEnv } from '../../support/test-env.ts';
import { startTestEnv } from '../../support/test-env.ts';
import { until } from '../../support/waiting.ts';

let env: TestEnv;

beforeAll(async () => {
  env = await startTestEnv();
});
afterAll(() => env[Symbol.asyncDispose]());

const aMessage = (text = 'Hallo') => ({ messageId: `SM${randomBytes(16).toString('hex')}`, text, media: [], receivedAtMs: Date.now(), kind: 'text' as const });

/** A context whose Temporal answers as told. */
function withTemporal(ctx: ServiceContext, answer: () => Promise<never>): ServiceContext {
  const client = { withDeadline: answer } as unknown as ServiceContext['temporal']['client'];
  return { ...ctx, temporal: { ...ctx.temporal, client, ping: answer } };
}

describe('receiving a message', () => {
  test('it is durable in Temporal before it is acknowledged', async () => {
    const garage = await env.newBusiness();
    const conversation = { channel: 'sms' as const, customerAddress: garage.phone().e164, businessAddress: garage.e164 };
    expect(await receiveMessage(garage.ctx, { conversation, message: aMessage() })).toEqual({ durable: 'temporal' });
  });

  test.each([
    ['refuses', () => Promise.reject(new Error('connection refused'))],
    ['hangs', () => new Promise<never>(() => undefined)],
  ] as const)('when Temporal %s, it is parked in MongoDB, and swept into its conversation later, once', async (_how, answer) => {
    const garage = await env.newBusiness();
    const phone = garage.phone();
    const conversation = { channel: 'sms' as const, customerAddress: phone.e164, businessAddress: garage.e164 };
    const message = aMessage('Ik zoek een Golf');
    const ctx = withTemporal(garage.ctx, answer);
    expect(await receiveMessage(ctx, { conversation, message })).toEqual({ durable: 'parked' });
    expect(await receiveMessage(ctx, { conversation, message })).toEqual({ durable: 'parked' });
    await sweepParked(env.installation);
    await env.settled();
    expect(phone.received()).toHaveLength(1);
    expect(await env.installation.system.parked.count()).toBe(0);
  });

  test('when neither Temporal nor MongoDB takes it, it is refused, so that Twilio asks again', async () => {
    const garage = await env.newBusiness();
    const conversation = { channel: 'sms' as const, customerAddress: garage.phone().e164, businessAddress: garage.e164 };
    const ctx = {
      ...withTemporal(garage.ctx, () => Promise.reject(new Error('away'))),
      parkedInbound: { ...garage.ctx.parkedInbound, park: () => Promise.reject(new Error('away')) },
    };
    await expect(receiveMessage(ctx, { conversation, message: aMessage() })).rejects.toMatchObject({ kind: 'unavailable', code: 'intake.unavailable' });
  });
});

describe('the breaker in front of Temporal', () => {
  test('opens on a failure, and closes by itself once Temporal answers', async () => {
    let isBack = false;
    const breaker = createBreaker(async () => {
      if (!isBack) throw new Error('away');
    }, 20);
    breaker.failed();
    expect(breaker.isOpen()).toBe(true);
    isBack = true;
    await until(() => !breaker.isOpen());
  });
});
