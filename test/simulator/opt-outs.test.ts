import { optOutWord } from '../../simulator/opt-outs.ts';
import { ADA, failureOf, GARAGE, simulatedTwilio } from './simulated-twilio.fixture.ts';
import { webhookReceiver } from './webhook-receiver.fixture.ts';

describe('leaving by STOP', () => {
  it.each(['STOP', 'stop', ' Stop ', 'STOPALL', 'UNSUBSCRIBE', 'cancel', 'END', 'quit', 'REVOKE', 'OPTOUT'])('%j leaves', (body) => {
    expect(optOutWord(body)).toBe('STOP');
  });

  it.each(['stop maar', 'ik wil stoppen', 'afmelden', 'STOP!', ''])('%j does not', (body) => {
    expect(optOutWord(body)).toBeUndefined();
  });

  it('on SMS Twilio answers once, passes the word on and refuses our messages with 21610 until START', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio({ numbers: [{ e164: GARAGE, channels: ['sms'], smsUrl: ours.url('/sms') }] });
    const send = () => world.client.messages.create({ to: ADA, from: GARAGE, body: 'Aanbieding' });
    await world.write({ body: 'STOP' });
    await world.write({ body: 'Stop' });

    expect(ours.received.map(({ form }) => [form.get('Body'), form.get('OptOutType')])).toEqual([
      ['STOP', null],
      ['Stop', null],
    ]);
    expect(world.ledger('message.auto-reply')).toHaveLength(1);
    expect(await failureOf(send())).toMatchObject({ status: 400, code: 21610 });

    await world.write({ body: 'START' });
    expect(await send()).toMatchObject({ status: 'queued' });
    expect(world.ledger('message.auto-reply').map(({ body }) => body)).toEqual([
      expect.stringContaining('unsubscribed'),
      expect.stringContaining('re-subscribed'),
    ]);
  });

  it('YES and START of someone who never left are plain words', async () => {
    await using world = await simulatedTwilio();
    await world.write({ body: 'YES' });
    expect(world.ledger('message.auto-reply')).toEqual([]);
  });

  it('Advanced Opt-Out names the word in the webhook', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio({ advancedOptOut: true, numbers: [{ e164: GARAGE, channels: ['sms'], smsUrl: ours.url('/sms') }] });
    for (const body of ['STOP', 'START', 'HELP', 'Hoi']) await world.write({ body });
    expect(ours.received.map(({ form }) => form.get('OptOutType'))).toEqual(['STOP', 'START', 'HELP', null]);
  });

  it('on WhatsApp it is a word like any other', async () => {
    await using world = await simulatedTwilio();
    await world.write({ channel: 'whatsapp', body: 'STOP' });
    const { sid } = await world.client.messages.create({ to: `whatsapp:${ADA}`, from: `whatsapp:${GARAGE}`, body: 'Begrepen' });
    await world.simulator.settled();
    expect((await world.client.messages(sid).fetch()).status).toBe('delivered');
    expect(world.ledger('message.auto-reply')).toEqual([]);
  });
});
