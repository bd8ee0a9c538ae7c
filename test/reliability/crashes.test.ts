import type { DeliveryState } from '#domain/messages/delivery';
import { until } from '../support/waiting.ts';
import type { PhoneMessage } from './support/simulated-twilio.client.ts';
import type { StackUnderFire } from './support/stack-under-fire.ts';
import { CLEAN, clearest, startStackUnderFire } from './support/stack-under-fire.ts';
import type { Written } from './support/verdict.ts';

jest.setTimeout(180_000);

/** Long enough to find every reply in its place before Twilio's time is up, also on a busy machine. */
const TWILIO_TIMEOUT_MS = '6000';

let fire: StackUnderFire;

beforeAll(async () => {
  // One SMS a second: the sixth customer's reply is written and waits its turn, and that is where the crash finds it.
  fire = await startStackUnderFire({ env: { SMS_PER_SECOND: '1', TWILIO_TIMEOUT_MS } });
});
afterAll(() => fire?.[Symbol.asyncDispose]());

const numberOf = (business: number): string => fire.stack.businesses[business]?.numbers[0]?.e164 ?? '';

async function writes(from: string, message: Partial<PhoneMessage> = {}): Promise<Written> {
  const { messageSid, deliveries } = await fire.twilio.write({ from, to: numberOf(0), body: 'Hallo', channel: 'whatsapp', ...message });
  return { messageSid, from, deliveries };
}

interface Reply {
  state: DeliveryState | undefined;
  timesSent: number;
}

/** The replies to these messages as they stand now, in the same order. */
async function repliesTo(written: readonly Written[]): Promise<Reply[]> {
  const [inbound, outbound, accepted] = await Promise.all([fire.records.inbound(), fire.records.outbound(), fire.twilio.ledger('message.accepted')]);
  return written.map(({ messageSid }) => {
    const coveredBy = inbound.find(({ sid }) => sid === messageSid)?.coveredBy;
    return {
      state: outbound.find(({ outboundId }) => outboundId === coveredBy)?.state,
      timesSent: accepted.filter(({ outboundId }) => outboundId !== undefined && outboundId === coveredBy).length,
    };
  });
}

/** Each customer's reply is somewhere else on its way when the worker is killed. */
const PLACES = [
  { place: 'before Twilio took the reply', from: '+31611110001', then: 'attempting/0' },
  { place: 'after Twilio took the reply, and its callback comes late', from: '+31611110002', then: 'attempting/1' },
  { place: 'after Twilio took the reply, and no callback ever comes', from: '+31611110003', then: 'attempting/1' },
  { place: 'while nobody knows whether Twilio took it', from: '+31611110004', then: 'unknown/1' },
  { place: 'between writing the reply and sending it', from: '+31611110005', then: 'planned/0' },
] as const;
const EARLIER_SMS = ['+31611110006', '+31611110007', '+31611110008', '+31611110009', '+31611110010'];

describe('when the worker is killed', () => {
  let ends: Reply[] = [];

  beforeAll(async () => {
    const [before, late, silent, doubtful, unsent] = PLACES.map(({ from }) => from);
    const to = (e164: string | undefined) => ({ match: { to: `whatsapp:${e164}` } });
    await fire.twilio.addFault({ on: 'messages.create', kind: 'hang-before', count: 1, ...to(before) });
    await fire.twilio.addFault({ on: 'messages.create', kind: 'hang', count: 1, ...to(late) });
    await fire.twilio.addFault({ on: 'messages.create', kind: 'hang', count: 1, ...to(silent) });
    await fire.twilio.addFault({ on: 'messages.create', kind: '500-after', count: 1, ...to(doubtful) });
    await fire.twilio.addFault({ on: 'callbacks', kind: 'delay', ms: 15_000, ...to(late) });
    await fire.twilio.addFault({ on: 'callbacks', kind: 'drop', ...to(silent) });
    await fire.twilio.addFault({ on: 'callbacks', kind: 'drop', ...to(doubtful) });
    const blindness = await fire.twilio.addFault({ on: 'messages.list', kind: '500-before', ...to(doubtful) });

    const sms = { channel: 'sms', to: numberOf(1) } as const;
    const earlier = await Promise.all(EARLIER_SMS.map((from) => writes(from, sms)));
    const watched = await Promise.all(PLACES.map(({ from }) => writes(from, from === unsent ? sms : {})));
    let seen: string[] = [];
    await until(
      async () => {
        seen = (await repliesTo(watched)).map(({ state, timesSent }) => `${state}/${timesSent}`);
        return PLACES.every(({ then }, n) => seen[n] === then);
      },
      { describe: () => `every reply in its place; they were ${seen.join(', ')}\n${clearest(fire.stack.logTails())}` },
    );
    await fire.stack.workers[0]?.kill();
    await fire.twilio.clearFault(blindness);
    await fire.stack.workers[0]?.start();
    expect((await fire.verdictOn(earlier, watched)).violations).toEqual(CLEAN);
    ends = await repliesTo(watched);
  });

  test.each(PLACES.map(({ place }, n) => ({ place, n })))('$place, the customer gets it once', ({ n }) => {
    expect(ends[n]).toEqual({ state: 'accepted', timesSent: 1 });
  });

  test('while it composes and MongoDB hangs, the message is answered once', async () => {
    fire.stack.mongod.pause();
    const written = await writes('+31611110011');
    expect(written.deliveries.map(({ status }) => status)).toEqual([200]);
    await until(() => fire.records.isNewestRunComposing());
    await fire.stack.workers[0]?.kill();
    fire.stack.mongod.resume();
    await fire.stack.workers[0]?.start();
    expect((await fire.verdictOn([written])).violations).toEqual(CLEAN);
    expect(await repliesTo([written])).toEqual([{ state: 'accepted', timesSent: 1 }]);
  });
});

describe('when Twilio misbehaves during a burst', () => {
  test('every message of sixty is covered once and nothing is sent twice, whatever the calls end in', async () => {
    await fire.twilio.clearFaults();
    const kinds = ['500-before', '500-after', '503-before', 'reset-before', 'reset-after', 'hang', 'hang-before', '429'] as const;
    for (const [n, kind] of kinds.entries()) await fire.twilio.addFault({ on: 'messages.create', kind, count: 2, rate: 0.5, seed: 100 + n });
    await fire.twilio.addFault({ on: 'messages.list', kind: '500-after', rate: 0.3, seed: 7 });
    await fire.twilio.addFault({ on: 'callbacks', kind: 'drop', rate: 0.3, seed: 8 });
    await fire.twilio.addFault({ on: 'callbacks', kind: 'reorder', ms: 500, rate: 0.3, seed: 9 });

    const crowd = fire.crowd(12);
    await crowd.write(60, 60, () => ({ channel: 'whatsapp' }));
    await crowd.answered();
    const verdict = await fire.verdictOn(crowd.written);
    expect(verdict.violations).toEqual(CLEAN);
    const struck = (await fire.twilio.ledger('message.accepted')).filter(({ faulted }) => faulted !== undefined);
    expect(struck.length).toBeGreaterThan(3);
  });
});
