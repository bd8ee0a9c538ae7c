import type { MessageStatus } from '#domain/messages/status';
import { deliverMessage } from '#services/messages/deliver-message';
import { recordStatus } from '#services/messages/record-status';
import type { TestBusiness } from '../../support/test-business.ts';
import type { TestEnv } from '../../support/test-env.ts';
import { startTestEnv } from '../../support/test-env.ts';
import { until } from '../../support/waiting.ts';
import { addFault, aWrittenMessage, timesAccepted } from './support/written-message.ts';

let env: TestEnv;

beforeAll(async () => {
  env = await startTestEnv({ settings: { PARKED_RETRY_MS: '200', TWILIO_TIMEOUT_MS: '400' } });
});
afterAll(() => env[Symbol.asyncDispose]());
beforeEach(() => {
  env.simulator.world.faults.clear();
  addFault(env, { on: 'callbacks', kind: 'drop' });
});

async function aSentMessage(of?: TestBusiness) {
  const garage = of ?? (await env.newBusiness());
  const { outboundId, customer } = await aWrittenMessage(garage);
  await deliverMessage(garage.ctx, { outboundId });
  const sid = (await garage.ctx.messages.get(outboundId))?.delivery?.sid;
  if (!sid) throw new Error('the message was not sent');
  return { garage, outboundId, sid, customer };
}

function ordersOf<T>(items: readonly T[]): T[][] {
  return items.length <= 1
    ? [[...items]]
    : items.flatMap((item, place) => ordersOf(items.filter((_, other) => other !== place)).map((rest) => [item, ...rest]));
}

describe('a status callback', () => {
  test('in whatever order four callbacks come, and twice each, the message ends as read', async () => {
    const garage = await env.newBusiness();
    for (const order of ordersOf<MessageStatus>(['sending', 'sent', 'delivered', 'read'])) {
      const { outboundId, sid } = await aSentMessage(garage);
      for (const status of [...order, ...order]) await recordStatus(garage.ctx, { outboundId, sid, status });
      expect((await garage.ctx.messages.get(outboundId))?.status).toBe('read');
    }
  }, 60_000);

  test('settles a send of unknown outcome: it is the answer that went missing', async () => {
    const garage = await env.newBusiness();
    const { outboundId, customer } = await aWrittenMessage(garage);
    addFault(env, { on: 'messages.create', kind: '500-after', count: 1, match: { to: customer } });
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'unknown' });
    const sid = env.simulator.world.ledger.since(0).find((entry) => entry.outboundId === outboundId)?.sid ?? '';
    await recordStatus(garage.ctx, { outboundId, sid, status: 'sent' });
    expect(await deliverMessage(garage.ctx, { outboundId })).toEqual({ outcome: 'accepted' });
    expect(timesAccepted(env, outboundId)).toBe(1);
  });

  test('of a passing failure has the message sent again, slowly, and no more often than makes sense', async () => {
    const { garage, outboundId, sid } = await aSentMessage();
    await recordStatus(garage.ctx, { outboundId, sid, status: 'undelivered', errorCode: 30003 });
    expect((await garage.ctx.messages.get(outboundId))?.delivery).toMatchObject({ state: 'parked', waitsFor: 'twilio' });
    await until(async () => (await garage.ctx.messages.get(outboundId))?.delivery?.state === 'accepted');
    expect(timesAccepted(env, outboundId)).toBe(2);
  });

  test('of a lasting failure leaves the message failed, with its reason, for staff to see', async () => {
    const { garage, outboundId, sid } = await aSentMessage();
    await recordStatus(garage.ctx, { outboundId, sid, status: 'undelivered', errorCode: 30005 });
    expect(await garage.ctx.messages.get(outboundId)).toMatchObject({ status: 'undelivered', delivery: { errorCode: 30005 } });
    expect(await garage.conversation()).toMatchObject({ attention: { reason: 'send_failed' } });
  });

  test('that shows a second copy at Twilio is reported and changes nothing', async () => {
    const { garage, outboundId, sid } = await aSentMessage();
    await recordStatus(garage.ctx, { outboundId, sid: `SM${'f'.repeat(32)}`, status: 'delivered' });
    expect((await garage.ctx.messages.get(outboundId))?.delivery?.sid).toBe(sid);
  });

  test('about a message nobody knows is no error', async () => {
    const garage = await env.newBusiness();
    await expect(recordStatus(garage.ctx, { sid: `SM${'0'.repeat(32)}`, status: 'sent' })).resolves.toBeUndefined();
  });
});
