import { ADA, GARAGE, simulatedTwilio } from './simulated-twilio.fixture.ts';
import { webhookReceiver } from './webhook-receiver.fixture.ts';

const WHATSAPP_ADA = `whatsapp:${ADA}`;
const WHATSAPP_GARAGE = `whatsapp:${GARAGE}`;

describe('status callbacks', () => {
  it('tell every step after the first one, signed, with the query the sender put in', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio({ settings: { statusDelayMs: 20 } });
    const statusCallback = ours.url('/status?out=turn-1:0');
    const { sid } = await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Hoi', statusCallback });
    await world.simulator.settled();

    expect(ours.statuses()).toEqual(['sending', 'sent', 'delivered']);
    for (const webhook of ours.received) {
      expect(webhook.url).toBe('/status?out=turn-1:0');
      expect(ours.isSigned(webhook, world.account.authToken)).toBe(true);
      expect(ours.isSigned(webhook, 'another token')).toBe(false);
    }
    expect(Object.fromEntries(ours.received[2]?.form ?? [])).toEqual({
      AccountSid: world.account.accountSid,
      ApiVersion: '2010-04-01',
      From: GARAGE,
      MessageSid: sid,
      MessageStatus: 'delivered',
      RawDlrDoneDate: expect.stringMatching(/^\d{10}$/),
      SmsSid: sid,
      SmsStatus: 'delivered',
      To: ADA,
    });
    expect(world.ledger('callback.sent').map(({ status, outboundId, httpStatus }) => [status, outboundId, httpStatus])).toEqual([
      ['sending', 'turn-1:0', 200],
      ['sent', 'turn-1:0', 200],
      ['delivered', 'turn-1:0', 200],
    ]);
  });

  it('say read only on WhatsApp and only when the customer opens the message', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio({ settings: { statusDelayMs: 20 } });
    await world.write({ channel: 'whatsapp' });
    const statusCallback = ours.url('/status');
    const { sid } = await world.client.messages.create({ to: WHATSAPP_ADA, from: WHATSAPP_GARAGE, body: 'Hoi', statusCallback });
    await world.simulator.settled();
    expect(ours.statuses()).toEqual(['sending', 'sent', 'delivered']);

    expect(await world.sim('POST', `/_sim/messages/${sid}/read`)).toMatchObject({ status: 200, body: { status: 'read' } });
    await world.simulator.settled();
    const form = Object.fromEntries(ours.received[3]?.form ?? []);
    expect(form).toMatchObject({
      MessageStatus: 'read',
      EventType: 'READ',
      ChannelPrefix: 'whatsapp',
      ChannelToAddress: '+3161234XXXX',
      StructuredMessage: 'false',
    });
    expect(form['ChannelInstallSid']).toMatch(/^XE[0-9a-f]{32}$/);
    expect((await world.client.messages(sid).fetch()).status).toBe('read');

    const sms = await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Hoi' });
    await world.simulator.settled();
    expect((await world.sim('POST', `/_sim/messages/${sms.sid}/read`)).status).toBe(409);
  });

  it('reads by itself when told so, also when the phone was open before the message came', async () => {
    await using world = await simulatedTwilio({ settings: { autoRead: true } });
    await world.write({ channel: 'whatsapp' });
    const { sid } = await world.client.messages.create({ to: WHATSAPP_ADA, from: WHATSAPP_GARAGE, body: 'Hoi' });
    await world.simulator.settled();
    expect((await world.client.messages(sid).fetch()).status).toBe('read');

    await world.sim('POST', '/_sim/settings', { autoRead: false });
    const early = await world.client.messages.create({ to: WHATSAPP_ADA, from: WHATSAPP_GARAGE, body: 'Nog iets' });
    await world.sim('POST', `/_sim/messages/${early.sid}/read`);
    await world.simulator.settled();
    expect((await world.client.messages(early.sid).fetch()).status).toBe('read');
  });

  it('name the error when delivery fails on demand', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio();
    await world.fault({ on: 'delivery', kind: 'undelivered', errorCode: 30003, count: 1 });
    const { sid } = await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Hoi', statusCallback: ours.url('/status') });
    await world.simulator.settled();

    expect(ours.statuses().at(-1)).toBe('undelivered');
    expect(Object.fromEntries(ours.received.at(-1)?.form ?? [])).toMatchObject({ ErrorCode: '30003', ErrorMessage: 'Unreachable destination handset' });
    expect(await world.client.messages(sid).fetch()).toMatchObject({
      status: 'undelivered',
      errorCode: 30003,
      errorMessage: 'Unreachable destination handset',
    });
  });

  it('come late when callbacks lag, while the message itself is already further', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio({ settings: { callbackLagMs: 800 } });
    const { sid } = await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Hoi', statusCallback: ours.url('/status') });
    while ((await world.client.messages(sid).fetch()).status !== 'delivered') await world.sim('GET', '/_sim/health');
    expect(ours.received).toEqual([]);
    await world.simulator.settled();
    expect(ours.statuses().sort()).toEqual(['delivered', 'sending', 'sent']);
  });
});
