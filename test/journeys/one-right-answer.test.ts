import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';
import { until } from '../support/waiting.ts';

let env: TestEnv;

beforeAll(async () => {
  env = await startTestEnv();
});
afterAll(() => env[Symbol.asyncDispose]());
beforeEach(() => env.simulator.world.faults.clear());

describe('a customer of the garage', () => {
  test.each(['whatsapp', 'sms'] as const)('asks for a Golf on %s and gets one right answer, though every webhook comes twice', async (channel) => {
    const garage = await env.newBusiness();
    const phone = garage.phone();
    await phone.writes('Ik zoek een Volkswagen Golf', { channel });
    await env.settled();
    expect(phone.received()).toHaveLength(1);
    expect(phone.received()[0]).toMatch(/Golf/);
    expect(phone.received()[0]).toMatch(/18\.950/);
  });

  test('writes in five pieces and gets one answer that covers them all', async () => {
    const garage = await env.newBusiness();
    const phone = garage.phone();
    const sids: string[] = [];
    for (const piece of ['Hallo', 'ik zoek', 'een auto', 'een Golf', 'hebben jullie die?']) sids.push((await phone.writes(piece)).messageSid);
    await env.settled();
    const covers = (await garage.thread()).filter((message) => message.direction === 'inbound').map((message) => message.coveredBy);
    expect(covers).toHaveLength(5);
    expect(new Set(covers).size).toBe(phone.received().length);
    expect(phone.received().length).toBeLessThanOrEqual(2);
  });

  test('sees the ticks go from sent to delivered to read, and never back', async () => {
    const garage = await env.newBusiness();
    const phone = garage.phone();
    env.simulator.world.faults.add({ on: 'callbacks', kind: 'duplicate', rate: 1, seed: 1, match: {} });
    await phone.writes('Hallo');
    await env.settled();
    const reply = async () => (await garage.thread()).find((message) => message.direction === 'outbound');
    await until(async () => ['delivered', 'read'].includes((await reply())?.status ?? ''));
    expect((await reply())?.delivery).toMatchObject({ state: 'accepted', attempts: 1 });
  });

  test('can say stop on WhatsApp: it is confirmed once, and then nothing is sent until they come back', async () => {
    const garage = await env.newBusiness();
    const phone = garage.phone();
    await phone.writes('Afmelden');
    await env.settled();
    expect(phone.received()).toEqual([expect.stringContaining('afgemeld')]);
    await phone.writes('Hallo?');
    await env.settled();
    expect(phone.received()).toHaveLength(1);
    await phone.writes('START');
    await env.settled();
    await phone.writes('Ik zoek een Golf');
    await env.settled();
    expect(phone.received()).toHaveLength(3);
  });

  test('who says STOP on SMS hears it from Twilio alone', async () => {
    const garage = await env.newBusiness();
    const phone = garage.phone();
    await phone.writes('STOP', { channel: 'sms' });
    await env.settled();
    const ours = env.simulator.world.ledger.since(0).filter((entry) => entry.kind === 'message.accepted' && entry.outboundId && entry.to === phone.e164);
    expect(ours).toEqual([]);
    expect(await garage.ctx.optOuts.isOptedOut({ channel: 'sms', address: phone.e164, businessAddress: garage.e164 })).toBe(true);
  });

  test('who asks for a person is handed over, and the assistant stays quiet until it is handed back', async () => {
    const garage = await env.newBusiness();
    const phone = garage.phone();
    await phone.writes('Kan ik iemand spreken?');
    await env.settled();
    expect(phone.received()).toHaveLength(1);
    expect(await garage.conversation()).toMatchObject({ owner: { type: 'member' }, attention: { reason: 'hand_over' } });
    await phone.writes('Hebben jullie een Golf?');
    await until(async () => (await garage.conversation()).unreadCount === 2);
    expect(phone.received()).toHaveLength(1);
  });

  test('who comes back after a day is not answered from yesterday’s context', async () => {
    const garage = await env.newBusiness();
    const phone = garage.phone();
    await phone.writes('Ik zoek een Golf');
    await env.settled();
    const before = await garage.conversation();
    expect(before.memory).not.toEqual({});
    env.installation.advanceableClock?.setOffset(26 * 60 * 60 * 1_000);
    try {
      await phone.writes('Hallo');
      await env.settled();
      expect((await garage.conversation()).contextFrom?.getTime()).toBeGreaterThan(before.lastMessageAt.getTime());
    } finally {
      env.installation.advanceableClock?.setOffset(0);
    }
  });
});
