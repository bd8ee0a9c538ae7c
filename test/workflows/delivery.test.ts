import { until } from '../support/waiting.ts';
import type { Desk } from './support/desk.ts';
import { aConversation, startDesk } from './support/desk.ts';

const AT_ONCE = { timings: { quietMs: 0 } };
const settled = (desk: Desk, line: string) => until(() => desk.log.includes(line), { describe: () => `"${line}" in ${JSON.stringify(desk.log)}` });
const without = (desk: Desk, start: string) => desk.log.filter((line) => !line.startsWith(start));

describe('sending', () => {
  test('when Twilio is busy three times, the fourth try is the last quick one and succeeds', async () => {
    await using desk = await startDesk();
    desk.onDeliver = (_id, tries) => (tries < 4 ? { outcome: 'retryable', triesLeft: 4 - tries } : { outcome: 'accepted' });
    await aConversation(desk, AT_ONCE).says('m1');
    await settled(desk, 'deliver m1: accepted');
    expect(without(desk, 'compose')).toEqual(['deliver m1: retryable', 'deliver m1: retryable', 'deliver m1: retryable', 'deliver m1: accepted']);
  });

  test('when it is unknown whether a message went out and Twilio has it, it is not sent again', async () => {
    await using desk = await startDesk();
    desk.onDeliver = () => ({ outcome: 'unknown' });
    desk.onReconcile = (_id, looks) => (looks < 2 ? { found: false, emptyLooks: looks } : { found: true });
    await aConversation(desk, AT_ONCE).says('m1');
    await settled(desk, 'look for m1: found');
    expect(without(desk, 'compose')).toEqual(['deliver m1: unknown', 'look for m1: nothing', 'look for m1: found']);
  });

  test('when three looks prove that Twilio never had it, it is sent again', async () => {
    await using desk = await startDesk();
    desk.onDeliver = (_id, tries) => (tries === 1 ? { outcome: 'unknown' } : { outcome: 'accepted' });
    desk.onReconcile = (_id, looks) => ({ found: false, emptyLooks: looks });
    await aConversation(desk, AT_ONCE).says('m1');
    await settled(desk, 'deliver m1: accepted');
    expect(without(desk, 'compose')).toEqual([
      'deliver m1: unknown',
      'look for m1: nothing',
      'look for m1: nothing',
      'look for m1: nothing',
      'deliver m1: accepted',
    ]);
  });

  test('when Twilio cannot even be asked, the send is parked, the conversation goes on, and the send follows later', async () => {
    await using desk = await startDesk();
    let isTwilioBack = false;
    desk.onDeliver = (id) => (id.includes('.m2.') ? { outcome: 'accepted' } : { outcome: 'unknown' });
    desk.onReconcile = () => (isTwilioBack ? { found: true } : { found: false, emptyLooks: 0 });
    const customer = aConversation(desk, AT_ONCE);
    await customer.says('m1');
    await settled(desk, 'park m1');
    await customer.says('m2');
    await settled(desk, 'deliver m2: accepted');
    isTwilioBack = true;
    await settled(desk, 'look for m1: found');
  });

  test('when quick tries are used up, the message waits for Twilio and is tried slowly until it goes out', async () => {
    await using desk = await startDesk();
    desk.onDeliver = (_id, tries) => (tries < 3 ? { outcome: 'parked', waitsFor: 'twilio' } : { outcome: 'accepted' });
    await aConversation(desk, AT_ONCE).says('m1');
    await settled(desk, 'deliver m1: accepted');
    expect(without(desk, 'compose')).toEqual(['deliver m1: parked', 'deliver m1: parked', 'deliver m1: accepted']);
  });

  test('when a parked message is no longer worth sending, it ends as failed', async () => {
    await using desk = await startDesk();
    desk.onDeliver = () => ({ outcome: 'parked', waitsFor: 'twilio' });
    await aConversation(desk, { timings: { quietMs: 0, parkedForMs: 400 } }).says('m1');
    await settled(desk, 'expire m1');
  });

  test('when the window is closed, nothing is tried again: the message waits for a template', async () => {
    await using desk = await startDesk();
    desk.onDeliver = () => ({ outcome: 'parked', waitsFor: 'template' });
    const customer = aConversation(desk, { timings: { quietMs: 0, idleMs: 300 } });
    await customer.says('m1');
    await until(async () => (await customer.handle().describe()).status.name === 'COMPLETED');
    expect(without(desk, 'compose')).toEqual(['deliver m1: parked']);
  });

  test('a refusal ends at once', async () => {
    await using desk = await startDesk();
    desk.onDeliver = () => ({ outcome: 'refused', errorCode: 21211 });
    const customer = aConversation(desk, { timings: { quietMs: 0, idleMs: 300 } });
    await customer.says('m1');
    await until(async () => (await customer.handle().describe()).status.name === 'COMPLETED');
    expect(without(desk, 'compose')).toEqual(['deliver m1: refused']);
  });
});
