import { ADA, GARAGE, simulatedTwilio } from './simulated-twilio.fixture.ts';
import { webhookReceiver } from './webhook-receiver.fixture.ts';

const TEMPLATE = `HX${'1'.repeat(32)}`;
const whatsapp = { to: `whatsapp:${ADA}`, from: `whatsapp:${GARAGE}` };

describe("WhatsApp's 24 hours", () => {
  it('free text is accepted but fails with 63016 when the customer never wrote', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio();
    const message = await world.client.messages.create({ ...whatsapp, body: 'Hoi', statusCallback: ours.url('/status') });
    expect(message).toMatchObject({ status: 'queued', errorCode: null });
    await world.simulator.settled();

    expect(ours.statuses()).toEqual(['failed']);
    expect(ours.received[0]?.form.get('ErrorCode')).toBe('63016');
    expect(await world.client.messages(message.sid).fetch()).toMatchObject({ status: 'failed', errorCode: 63016 });
  });

  it('opens when the customer writes and closes 24 hours later by the simulated clock', async () => {
    await using world = await simulatedTwilio();
    const statusAfter = async (advance: string) => {
      await world.sim('POST', '/_sim/clock', { advance });
      const { sid } = await world.client.messages.create({ ...whatsapp, body: 'Hoi' });
      await world.simulator.settled();
      return (await world.client.messages(sid).fetch()).status;
    };
    await world.write({ channel: 'whatsapp' });
    expect(await statusAfter('PT23H59M')).toBe('delivered');
    expect(await statusAfter('2m')).toBe('failed');
    await world.write({ channel: 'whatsapp', body: 'Ik ben er weer' });
    expect(await statusAfter('1h')).toBe('delivered');
  });

  it('an SMS from the same customer does not open it, and SMS knows no window', async () => {
    await using world = await simulatedTwilio();
    await world.write({ channel: 'sms' });
    const [onWhatsApp, onSms] = await Promise.all([
      world.client.messages.create({ ...whatsapp, body: 'Hoi' }),
      world.client.messages.create({ to: ADA, from: GARAGE, body: 'Hoi' }),
    ]);
    await world.simulator.settled();
    expect((await world.client.messages(onWhatsApp.sid).fetch()).errorCode).toBe(63016);
    expect((await world.client.messages(onSms.sid).fetch()).status).toBe('delivered');
  });

  it('an approved template goes out at any time, with its words filled in, unless a word is missing', async () => {
    await using world = await simulatedTwilio({ contents: { [TEMPLATE]: 'Dag {{1}}, tot {{2}}.' } });
    const send = async (variables: object) => {
      const { sid } = await world.client.messages.create({ ...whatsapp, contentSid: TEMPLATE, contentVariables: JSON.stringify(variables) });
      await world.simulator.settled();
      return world.client.messages(sid).fetch();
    };
    expect(await send({ 1: 'Ada', 2: 'morgen' })).toMatchObject({ body: 'Dag Ada, tot morgen.', status: 'delivered' });
    expect(await send({ 1: 'Ada' })).toMatchObject({ status: 'failed', errorCode: 63028 });
  });

  it('a sender over its rate has messages fail with 63018, never refused', async () => {
    await using world = await simulatedTwilio({ numbers: [{ e164: GARAGE, channels: ['sms', 'whatsapp'], messagesPerSecond: 2 }] });
    await world.write({ channel: 'whatsapp' });
    const sent = await Promise.all(Array.from({ length: 5 }, () => world.client.messages.create({ ...whatsapp, body: 'Hoi' })));
    await world.simulator.settled();
    const after = await Promise.all(sent.map(({ sid }) => world.client.messages(sid).fetch()));
    expect(after.filter(({ status }) => status === 'delivered')).toHaveLength(2);
    expect(after.filter(({ errorCode }) => errorCode === 63018)).toHaveLength(3);
  });

  it('an SMS sender over its rate has messages wait in its queue', async () => {
    await using world = await simulatedTwilio({ numbers: [{ e164: GARAGE, channels: ['sms'], messagesPerSecond: 4 }] });
    await Promise.all(Array.from({ length: 8 }, () => world.client.messages.create({ to: ADA, from: GARAGE, body: 'Hoi' })));
    await world.simulator.settled();

    const statuses = (status: string) => world.ledger('message.status').filter((entry) => entry.status === status);
    expect(statuses('delivered')).toHaveLength(8);
    // Five fit at once; three more at four a second take three quarters of a second, however slow the machine is.
    const waitedMs = Date.parse(statuses('sending').at(-1)?.at ?? '') - Date.parse(world.ledger('message.accepted')[0]?.at ?? '');
    expect(waitedMs).toBeGreaterThan(700);
  });
});
