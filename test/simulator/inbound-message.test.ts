import { ADA, GARAGE, simulatedTwilio } from './simulated-twilio.fixture.ts';
import { webhookReceiver } from './webhook-receiver.fixture.ts';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function garage() {
  const ours = await webhookReceiver();
  const world = await simulatedTwilio({
    numbers: [{ e164: GARAGE, channels: ['sms', 'whatsapp'], smsUrl: ours.url('/sms'), whatsappUrl: ours.url('/whatsapp') }],
  });
  return {
    ours,
    world,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await ours[Symbol.asyncDispose]();
    },
  };
}

describe('a customer writes', () => {
  it('an SMS arrives signed, with all that Twilio sends, and stands in the list', async () => {
    await using scene = await garage();
    const { messageSid, deliveries } = await scene.world.write({ body: 'Is mijn auto klaar? 👍' });

    expect(deliveries).toMatchObject([{ status: 200, attempt: 1 }]);
    const [webhook] = scene.ours.received;
    expect(webhook && scene.ours.isSigned(webhook, scene.world.account.authToken)).toBe(true);
    expect(Object.fromEntries(webhook?.form ?? [])).toEqual({
      AccountSid: scene.world.account.accountSid,
      ApiVersion: '2010-04-01',
      Body: 'Is mijn auto klaar? 👍',
      From: ADA,
      FromCity: '',
      FromCountry: 'NL',
      FromState: '',
      FromZip: '',
      MessageSid: messageSid,
      NumMedia: '0',
      NumSegments: '1',
      SmsMessageSid: messageSid,
      SmsSid: messageSid,
      SmsStatus: 'received',
      To: GARAGE,
      ToCity: '',
      ToCountry: 'NL',
      ToState: '',
      ToZip: '',
    });
    expect(await scene.world.client.messages.list({ from: ADA })).toMatchObject([{ sid: messageSid, direction: 'inbound', status: 'received', to: GARAGE }]);
  });

  it('on WhatsApp the person is named as WhatsApp does', async () => {
    await using scene = await garage();
    await scene.world.write({ channel: 'whatsapp', body: 'Hoi', profileName: 'Ada' });

    const form = Object.fromEntries(scene.ours.received[0]?.form ?? []);
    expect(scene.ours.received[0]?.url).toBe('/whatsapp');
    expect(form).toMatchObject({ From: `whatsapp:${ADA}`, To: `whatsapp:${GARAGE}`, WaId: '31612345678', ProfileName: 'Ada', MessageType: 'text' });
    expect(form['ExternalUserId']).toMatch(/^whatsapp:NL\.\d+$/);
    expect(JSON.parse(form['ChannelMetadata'] ?? '')).toEqual({ type: 'whatsapp', data: { context: { ProfileName: 'Ada', WaId: '31612345678' } } });
    expect(form['FromCountry']).toBeUndefined();
  });

  it('a person with a user name has no number anywhere, and can be answered', async () => {
    await using scene = await garage();
    await scene.world.write({ from: 'whatsapp:NL.8997123', channel: 'whatsapp', username: 'jan.k' });
    const form = Object.fromEntries(scene.ours.received[0]?.form ?? []);
    expect(form).toMatchObject({ From: 'whatsapp:NL.8997123', ExternalUserId: 'whatsapp:NL.8997123', Username: 'jan.k' });
    expect(form['WaId']).toBeUndefined();

    const { sid } = await scene.world.client.messages.create({ to: 'whatsapp:NL.8997123', from: `whatsapp:${GARAGE}`, body: 'Dag Jan' });
    await scene.world.simulator.settled();
    expect((await scene.world.client.messages(sid).fetch()).status).toBe('delivered');
  });

  it.each([
    [
      'a place',
      { latitude: 52.37, longitude: 4.89, label: 'Werkplaats' },
      { MessageType: 'location', Latitude: '52.37', Longitude: '4.89', Label: 'Werkplaats' },
    ],
    [
      'a button',
      { buttonText: 'Ja', buttonPayload: 'confirm_1', repliedToSid: 'MM1' },
      {
        MessageType: 'interactive',
        ButtonText: 'Ja',
        ButtonPayload: 'confirm_1',
        OriginalRepliedMessageSid: 'MM1',
        OriginalRepliedMessageSender: `whatsapp:${GARAGE}`,
      },
    ],
    ['a list choice', { listId: 'slot_2', listTitle: 'Di 10:00' }, { MessageType: 'interactive', ListId: 'slot_2', ListTitle: 'Di 10:00' }],
    ['a forward', { forwarded: true }, { MessageType: 'text', Forwarded: 'true' }],
    ['a voice note', { media: [{ contentType: 'audio/ogg', base64: 'AAAA' }] }, { MessageType: 'audio', NumMedia: '1', MediaContentType0: 'audio/ogg' }],
    ['a document', { media: [{ contentType: 'application/pdf', base64: 'AAAA' }] }, { MessageType: 'document' }],
  ])('%s on WhatsApp', async (_what, message, expected) => {
    await using scene = await garage();
    await scene.world.write({ channel: 'whatsapp', ...message });
    expect(Object.fromEntries(scene.ours.received[0]?.form ?? [])).toMatchObject(expected);
  });

  it('a photo is fetched with credentials, then from storage without them, and can be deleted', async () => {
    await using scene = await garage();
    const { messageSid } = await scene.world.write({ channel: 'whatsapp', body: '', media: [{ contentType: 'image/png', base64: PIXEL }] });
    const { accountSid, authToken } = scene.world.account;
    const url = scene.ours.received[0]?.form.get('MediaUrl0') ?? '';
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;

    expect(messageSid).toMatch(/^MM/);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(401);
    const redirect = await fetch(url, { redirect: 'manual', headers: { authorization } });
    expect(redirect.status).toBe(307);
    const stored = await fetch(redirect.headers.get('location') ?? '');
    expect(stored.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await stored.arrayBuffer()).toString('base64')).toBe(PIXEL);
    expect((await fetch(`${scene.world.simulator.url}/_storage/guess`)).status).toBe(403);

    const [media] = await scene.world.client.messages(messageSid).media.list();
    expect(media?.toJSON()).toMatchObject({ parentSid: messageSid, contentType: 'image/png', dateCreated: expect.any(Date), dateUpdated: expect.any(Date) });
    expect(
      (
        await scene.world.client
          .messages(messageSid)
          .media(media?.sid ?? '')
          .fetch()
      ).contentType,
    ).toBe('image/png');
    expect(
      await scene.world.client
        .messages(messageSid)
        .media(media?.sid ?? '')
        .remove(),
    ).toBe(true);
    expect(await scene.world.client.messages(messageSid).media.list()).toEqual([]);
    expect((await fetch(url, { headers: { authorization } })).status).toBe(404);
  });

  it('media of ours is fetched when it is sent and fails the message when it is not there', async () => {
    await using scene = await garage();
    scene.ours.answers.push({ body: 'beeld', contentType: 'image/jpeg' });
    await scene.world.write({ channel: 'whatsapp', skipWebhook: true });
    const send = async (mediaUrl: string) => {
      const { sid } = await scene.world.client.messages.create({ to: `whatsapp:${ADA}`, from: `whatsapp:${GARAGE}`, mediaUrl: [mediaUrl] });
      await scene.world.simulator.settled();
      return scene.world.client.messages(sid).fetch();
    };
    const sent = await send(scene.ours.url('/foto.jpg'));
    expect(sent).toMatchObject({ status: 'delivered', numMedia: '1' });
    expect(await scene.world.client.messages(sent.sid).media.list()).toMatchObject([{ contentType: 'image/jpeg' }]);
    scene.ours.answers.push({ status: 404 });
    expect(await send(scene.ours.url('/weg.jpg'))).toMatchObject({ status: 'failed', errorCode: 63019 });
  });

  it('the same webhook many times at once is one message', async () => {
    await using scene = await garage();
    const { deliveries } = await scene.world.write({ times: 20 });
    expect(deliveries).toHaveLength(20);
    expect(new Set(scene.ours.received.map(({ form }) => form.get('MessageSid'))).size).toBe(1);
    expect(await scene.world.client.messages.list()).toHaveLength(1);
  });

  it('a lost webhook leaves the message in the list, and its sid can be delivered later', async () => {
    await using scene = await garage();
    const { messageSid } = await scene.world.write({ skipWebhook: true, body: 'verloren' });
    expect(scene.ours.received).toEqual([]);
    await scene.world.write({ messageSid });
    expect(scene.ours.received.map(({ form }) => form.get('Body'))).toEqual(['verloren']);
    expect(await scene.world.client.messages.list()).toHaveLength(1);
  });

  it('can be told not to wait for our answer', async () => {
    await using scene = await garage();
    scene.ours.answers.push({ silent: true });
    const { deliveries } = await scene.world.write({ wait: false });
    expect(deliveries).toEqual([]);
  });

  it('a number nobody has, an unknown channel and an album on WhatsApp are told to the phone', async () => {
    await using scene = await garage();
    const write = async (message: object) => (await scene.world.sim('POST', '/_sim/inbound-message', { from: ADA, to: GARAGE, ...message })).status;
    expect(await write({ to: '+31209999999' })).toBe(404);
    expect(await write({ channel: 'fax' })).toBe(400);
    expect(await write({ channel: 'whatsapp', media: [1, 2].map(() => ({ contentType: 'image/png', base64: PIXEL })) })).toBe(400);
    expect(await write({ mediaUrls: ['http://127.0.0.1:9/x'] })).toBe(404);
  });
});

describe('what our webhook answers is carried out', () => {
  const replies = async (body: string, contentType = 'text/xml') => {
    await using scene = await garage();
    scene.ours.answers.push({ body, contentType });
    await scene.world.write({});
    await scene.world.simulator.settled();
    const errors = scene.world.ledger('webhook.error').map(({ errorCode }) => errorCode);
    return { bodies: scene.world.ledger('message.twiml-reply').map((entry) => entry.body), errors, gaps: scene.world.simulator.world.gaps.list() };
  };

  it.each([
    ['an empty answer', '', 'text/html', []],
    ['an empty response', '<?xml version="1.0" encoding="UTF-8"?><Response/>', 'text/xml', []],
    ['a message', '<Response><Message>Dag &amp; welkom &#233;&#xE9;</Message></Response>', 'application/xml', ['Dag & welkom éé']],
    ['two messages', '<Response><Message><Body>een</Body></Message><!-- x --><Message><![CDATA[<twee>]]></Message></Response>', 'text/xml', ['een', '<twee>']],
    ['plain text', 'Dag', 'text/plain; charset=utf-8', ['Dag']],
  ])('%s', async (_what, body, contentType, expected) => {
    expect(await replies(body, contentType)).toEqual({ bodies: expected, errors: [], gaps: [] });
  });

  it.each([
    ['JSON', '{"ok":true}', 'application/json', 12300],
    ['broken XML', '<Response><Message>Dag</Response>', 'text/xml', 12100],
    ['an unknown entity', '<Response><Message>&nbsp;</Message></Response>', 'text/xml', 12100],
    ['another root', '<html></html>', 'text/xml', 12100],
    ['too much', `<Response><!--${'x'.repeat(70_000)}--></Response>`, 'text/xml', 11750],
  ])("%s is Twilio's error", async (_what, body, contentType, code) => {
    expect(await replies(body, contentType)).toMatchObject({ bodies: [], errors: [code] });
  });

  it('a verb it does not run is a listed gap', async () => {
    expect((await replies('<Response><Redirect>/elders</Redirect></Response>')).gaps).toMatchObject([{ method: 'TwiML', path: '<Redirect>' }]);
  });

  it('two machines talking are stopped after fifteen replies', async () => {
    await using scene = await garage();
    for (let n = 0; n < 17; n += 1) {
      scene.ours.answers.push({ body: '<Response><Message>Dag</Message></Response>' });
      await scene.world.write({});
    }
    expect(scene.world.ledger('message.twiml-reply')).toHaveLength(15);
    expect(scene.world.ledger('webhook.error').map(({ errorCode }) => errorCode)).toEqual([14107, 14107]);
  });
});
