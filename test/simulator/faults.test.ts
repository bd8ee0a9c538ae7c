import type { FaultRequest } from '../../simulator/faults.ts';
import { ADA, failureOf, GARAGE, simulatedTwilio } from './simulated-twilio.fixture.ts';
import { webhookReceiver } from './webhook-receiver.fixture.ts';

const hoi = { to: ADA, from: GARAGE, body: 'Hoi', statusCallback: 'http://127.0.0.1:9/status?out=turn-1:0' };

describe('faults of sending', () => {
  it.each([
    ['429', { status: 429, code: 20429 }, 429],
    ['500-before', { status: 500, code: 20500 }, 500],
    ['503-before', { status: 503, code: 20503 }, 503],
    ['reset-before', { code: 'ECONNRESET' }, null],
    ['drop', { code: 'ECONNRESET' }, null],
    ['hang-before', { code: 'ECONNRESET' }, null],
    ['refuse', { status: 400, code: 30032 }, 400],
  ] as const)('%s: the caller sees a failure and the ledger says the message was never taken', async (kind, seen, httpStatus) => {
    await using world = await simulatedTwilio();
    await world.fault({ on: 'messages.create', kind, count: 1, ms: 20, ...(kind === 'refuse' ? { errorCode: 30032 } : {}) });

    expect(await failureOf(world.client.messages.create(hoi))).toMatchObject(seen);
    expect(world.ledger('message.refused')).toMatchObject([{ httpStatus, faulted: kind, outboundId: 'turn-1:0' }]);
    expect(world.ledger('message.accepted')).toEqual([]);
    expect(await world.client.messages.list()).toEqual([]);
    expect(await world.client.messages.create(hoi)).toMatchObject({ status: 'queued' });
  });

  it.each([
    ['500-after', { status: 500, code: 20500 }, 500],
    ['reset-after', { code: 'ECONNRESET' }, null],
    ['hang', { code: 'ECONNRESET' }, null],
  ] as const)('%s: the caller sees a failure and the ledger says the message was taken all the same', async (kind, seen, httpStatus) => {
    await using world = await simulatedTwilio();
    await world.fault({ on: 'messages.create', kind, count: 1, ms: 20 });

    expect(await failureOf(world.client.messages.create(hoi))).toMatchObject(seen);
    const [accepted, ...others] = world.ledger('message.accepted');
    expect(accepted).toMatchObject({ httpStatus, faulted: kind, outboundId: 'turn-1:0', to: ADA, from: GARAGE, body: 'Hoi' });
    expect(others).toEqual([]);
    await world.simulator.settled();
    expect(await world.client.messages.list()).toMatchObject([{ sid: accepted?.sid, status: 'delivered' }]);
  });

  it('hang outlasts a caller who gives up', async () => {
    await using world = await simulatedTwilio();
    await world.fault({ on: 'messages.create', kind: 'hang' });
    expect(await failureOf(world.client.messages.create(hoi))).toMatchObject({ code: 'ECONNABORTED' });
    expect(world.ledger('message.accepted')).toHaveLength(1);
  });

  it('delay: the message is on its way before its own answer arrives', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio();
    await world.fault({ on: 'messages.create', kind: 'delay', ms: 500 });
    const message = await world.client.messages.create({ ...hoi, statusCallback: ours.url('/status') });
    expect(message.status).toBe('queued');
    expect(ours.statuses()).toEqual(['sending', 'sent', 'delivered']);
  });

  it.each([
    ['429', { status: 429 }],
    ['500-before', { status: 500 }],
    ['500-after', { status: 500 }],
    ['reset-after', { code: 'ECONNRESET' }],
    ['drop', { code: 'ECONNRESET' }],
    ['hang', { code: 'ECONNRESET' }],
  ] as const)('listing can fail by %s and works again afterwards', async (kind, seen) => {
    await using world = await simulatedTwilio();
    await world.write({});
    await world.fault({ on: 'messages.list', kind, count: 1, ms: 20 });
    expect(await failureOf(world.client.messages.list())).toMatchObject(seen);
    expect(await world.client.messages.list()).toHaveLength(1);
  });

  it('strikes only what it matches, at its rate, the same for the same seed', async () => {
    const struck = async (seed: number) => {
      await using world = await simulatedTwilio();
      await world.fault({ on: 'messages.create', kind: '429', rate: 0.5, seed, match: { to: ADA } });
      await world.client.messages.create({ ...hoi, to: '+31687654321' });
      const outcomes: boolean[] = [];
      for (let n = 0; n < 40; n += 1)
        outcomes.push(
          await world.client.messages.create(hoi).then(
            () => false,
            () => true,
          ),
        );
      return outcomes;
    };
    const first = await struck(7);
    expect(await struck(7)).toEqual(first);
    expect(await struck(8)).not.toEqual(first);
    expect(first.filter(Boolean).length).toBeGreaterThan(8);
    expect(first.filter(Boolean).length).toBeLessThan(32);
  });

  it('refuses kinds that cannot happen there, lists what is set and forgets it', async () => {
    await using world = await simulatedTwilio();
    expect((await world.sim('POST', '/_sim/faults', { on: 'messages.create', kind: 'bad-signature' })).status).toBe(400);
    expect((await world.sim('POST', '/_sim/faults', { on: 'nowhere', kind: '429' })).status).toBe(400);
    await world.fault({ on: 'messages.create', kind: '429', count: 2 });
    expect((await world.sim('GET', '/_sim/faults')).body).toMatchObject({ faults: [{ id: 1, on: 'messages.create', kind: '429', struck: 0 }] });
    await world.fault({ on: 'messages.list', kind: '429' });
    expect((await world.sim('DELETE', '/_sim/faults/2')).status).toBe(204);
    expect(await world.client.messages.list()).toEqual([]);
    expect((await world.sim('DELETE', '/_sim/faults')).status).toBe(204);
    expect(await world.client.messages.create(hoi)).toMatchObject({ status: 'queued' });
  });
});

describe('faults of callbacks and webhooks', () => {
  const delivered = async (fault: FaultRequest) => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio({ settings: { statusDelayMs: 25 } });
    await world.fault(fault);
    const startedAt = performance.now();
    await world.client.messages.create({ ...hoi, statusCallback: ours.url('/status') });
    await world.simulator.settled();
    const signed = ours.received.map((webhook) => ours.isSigned(webhook, world.account.authToken));
    return { statuses: ours.statuses(), signed, ms: performance.now() - startedAt, lost: world.ledger('callback.dropped').map(({ status }) => status) };
  };

  it('drop loses one callback and says so in the ledger', async () => {
    expect(await delivered({ on: 'callbacks', kind: 'drop', match: { status: 'sent' } })).toMatchObject({ statuses: ['sending', 'delivered'], lost: ['sent'] });
  });

  it('duplicate sends one twice', async () => {
    expect((await delivered({ on: 'callbacks', kind: 'duplicate', match: { status: 'sent' } })).statuses).toEqual(['sending', 'sent', 'sent', 'delivered']);
  });

  it('reorder lets the next one overtake', async () => {
    expect((await delivered({ on: 'callbacks', kind: 'reorder', match: { status: 'sent' } })).statuses).toEqual(['sending', 'delivered', 'sent']);
  });

  it('a reordered last one comes after its wait', async () => {
    expect((await delivered({ on: 'callbacks', kind: 'reorder', ms: 30, match: { status: 'delivered' } })).statuses).toEqual(['sending', 'sent', 'delivered']);
  });

  it('delay holds one back', async () => {
    const { statuses, ms } = await delivered({ on: 'callbacks', kind: 'delay', ms: 200, match: { status: 'sending' } });
    expect(statuses).toEqual(['sent', 'delivered', 'sending']);
    expect(ms).toBeGreaterThan(190);
  });

  it('bad-signature sends one that does not verify', async () => {
    const { signed } = await delivered({ on: 'callbacks', kind: 'bad-signature', match: { status: 'sent' } });
    expect(signed).toEqual([true, false, true]);
  });

  it('inbound webhooks can be lost, doubled, late, out of order and badly signed', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio({ numbers: [{ e164: GARAGE, channels: ['sms'], smsUrl: ours.url('/sms') }] });
    const strike = (kind: FaultRequest['kind'], ms?: number) => world.fault({ on: 'webhooks', kind, count: 1, ...(ms ? { ms } : {}) });
    const bodies = () => ours.received.splice(0).map(({ form }) => form.get('Body'));

    await strike('drop');
    const lost = await world.write({ body: 'verloren' });
    expect(lost.deliveries).toEqual([{ status: null, ms: 0, attempt: 0, error: 'lost by a fault' }]);
    expect((await world.client.messages.list()).map(({ sid }) => sid)).toEqual([lost.messageSid]);

    await strike('duplicate');
    await world.write({ body: 'dubbel' });
    expect(bodies()).toEqual(['dubbel', 'dubbel']);

    await strike('reorder', 5_000);
    const first = world.write({ body: 'een' });
    while (world.ledger('message.received').length < 3) await world.sim('GET', '/_sim/health');
    await world.write({ body: 'twee' });
    await first;
    expect(bodies()).toEqual(['twee', 'een']);

    await strike('delay', 500);
    const late = world.write({ body: 'laat' });
    while (world.ledger('message.received').length < 5) await world.sim('GET', '/_sim/health');
    await world.write({ body: 'op tijd' });
    await late;
    expect(bodies()).toEqual(['op tijd', 'laat']);

    await strike('bad-signature');
    await world.write({ body: 'vals' });
    expect(ours.received.map((webhook) => ours.isSigned(webhook, world.account.authToken))).toEqual([false]);
  });
});
