import { ADA, failureOf, GARAGE, simulatedTwilio } from './simulated-twilio.fixture.ts';

describe("Twilio's own SDK talks to the simulator", () => {
  it('sends a message and gets every field back as a real value', async () => {
    await using world = await simulatedTwilio();
    const message = await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Uw auto staat klaar' });

    expect(message.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(message.toJSON()).toEqual({
      accountSid: world.account.accountSid,
      apiVersion: '2010-04-01',
      body: 'Uw auto staat klaar',
      dateCreated: expect.any(Date),
      dateSent: null,
      dateUpdated: expect.any(Date),
      direction: 'outbound-api',
      errorCode: null,
      errorMessage: null,
      from: GARAGE,
      messagingServiceSid: null,
      numMedia: '0',
      numSegments: '1',
      price: null,
      priceUnit: 'USD',
      sid: message.sid,
      status: 'queued',
      subresourceUris: { media: `/2010-04-01/Accounts/${world.account.accountSid}/Messages/${message.sid}/Media.json` },
      to: ADA,
      uri: `/2010-04-01/Accounts/${world.account.accountSid}/Messages/${message.sid}.json`,
    });
    expect(Number.isNaN(message.dateCreated.getTime())).toBe(false);
  });

  it('shows a message as delivered, with the moment it was sent, once it is', async () => {
    await using world = await simulatedTwilio();
    const { sid } = await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Hoi' });
    await world.simulator.settled();

    const delivered = await world.client.messages(sid).fetch();
    expect(delivered.status).toBe('delivered');
    expect(Number.isNaN(delivered.dateSent.getTime())).toBe(false);
  });

  it('pages through more messages than one page holds, newest first, each exactly once', async () => {
    await using world = await simulatedTwilio();
    const sids: string[] = [];
    for (let n = 0; n < 125; n += 1) sids.push((await world.client.messages.create({ to: ADA, from: GARAGE, body: `nummer ${n}` })).sid);
    await world.simulator.settled();

    const listed = await world.client.messages.list({ to: ADA });
    expect(listed.map(({ sid }) => sid)).toHaveLength(125);
    expect(new Set(listed.map(({ sid }) => sid))).toEqual(new Set(sids));
    expect(listed.map(({ dateSent }) => dateSent.getTime())).toEqual(listed.map(({ dateSent }) => dateSent.getTime()).sort((a, b) => b - a));

    const first = await world.client.messages.page({ pageSize: 50 });
    const second = await first.nextPage();
    const back = await second?.previousPage();
    expect(first.instances).toHaveLength(50);
    expect(back?.instances.map(({ sid }) => sid)).toEqual(first.instances.map(({ sid }) => sid));
  });

  it('keeps its pages when a new message arrives while somebody is paging', async () => {
    await using world = await simulatedTwilio();
    for (let n = 0; n < 4; n += 1) await world.write({ body: `oud ${n}` });
    const first = await world.client.messages.page({ pageSize: 2 });
    await world.write({ body: 'nieuw' });

    const second = await first.nextPage();
    expect([...first.instances, ...(second?.instances ?? [])].map(({ body }) => body)).toEqual(['oud 3', 'oud 2', 'oud 1', 'oud 0']);
  });

  it('filters by sender, receiver and UTC day, and a queued message has no day yet', async () => {
    await using world = await simulatedTwilio({ settings: { statusDelayMs: 60_000 } });
    await world.write({ body: 'vandaag' });
    await world.sim('POST', '/_sim/clock', { advance: '3d' });
    await world.write({ body: 'over drie dagen' });
    await world.client.messages.create({ to: ADA, from: GARAGE, body: 'nog in de rij' });
    const today = new Date();
    const later = new Date(Date.now() + 3 * 86_400_000);

    const bodies = async (filter: object) => (await world.client.messages.list(filter)).map(({ body }) => body);
    expect(await bodies({ from: ADA })).toEqual(['over drie dagen', 'vandaag']);
    expect(await bodies({ to: ADA })).toEqual(['nog in de rij']);
    expect(await bodies({ dateSent: today })).toEqual(['vandaag']);
    expect(await bodies({ dateSentBefore: today })).toEqual(['vandaag']);
    expect(await bodies({ dateSentAfter: later })).toEqual(['over drie dagen']);
  });

  it('hides new messages from the list for as long as the list lags, but not from who knows the sid', async () => {
    await using world = await simulatedTwilio({ settings: { listLagMs: 60_000 } });
    const { sid } = await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Hoi' });

    expect(await world.client.messages.list()).toEqual([]);
    expect((await world.client.messages(sid).fetch()).body).toBe('Hoi');
    await world.sim('POST', '/_sim/settings', { listLagMs: 0 });
    expect(await world.client.messages.list()).toHaveLength(1);
  });

  it('redacts and deletes a message, but not before it has left', async () => {
    await using world = await simulatedTwilio({ settings: { statusDelayMs: 300 } });
    const { sid } = await world.client.messages.create({ to: ADA, from: GARAGE, body: 'geheim' });
    expect(await failureOf(world.client.messages(sid).update({ body: '' }))).toMatchObject({ status: 409, code: 20009 });
    expect(await failureOf(world.client.messages(sid).remove())).toMatchObject({ status: 409, code: 20009 });
    await world.simulator.settled();

    expect((await world.client.messages(sid).update({ body: '' })).body).toBe('');
    expect(await world.client.messages(sid).remove()).toBe(true);
    expect(await failureOf(world.client.messages(sid).fetch())).toMatchObject({ status: 404, code: 20404 });
  });

  it('sends a scheduled message when its time comes by the simulated clock, unless it was cancelled', async () => {
    const service = { sid: `MG${'a'.repeat(32)}`, senders: [GARAGE] };
    await using world = await simulatedTwilio({ messagingServices: [service] });
    const sendAt = new Date(Date.now() + 3_600_000);
    const schedule = (body: string) => world.client.messages.create({ to: ADA, messagingServiceSid: service.sid, body, sendAt, scheduleType: 'fixed' });
    const kept = await schedule('morgen');
    const dropped = await schedule('toch niet');
    expect(kept.status).toBe('scheduled');
    expect((await world.client.messages(dropped.sid).update({ status: 'canceled' })).status).toBe('canceled');

    await world.sim('POST', '/_sim/clock', { advance: 'PT2H' });
    await world.simulator.settled();
    expect(await world.client.messages(kept.sid).fetch()).toMatchObject({ status: 'delivered', from: GARAGE });
    expect((await world.client.messages(dropped.sid).fetch()).status).toBe('canceled');
    expect(await failureOf(world.client.messages(kept.sid).update({ status: 'canceled' }))).toMatchObject({ code: 30409 });
  });

  it('takes a message for a service first and names the sender afterwards', async () => {
    const service = { sid: `MG${'b'.repeat(32)}`, senders: [GARAGE] };
    await using world = await simulatedTwilio({ messagingServices: [service] });
    const message = await world.client.messages.create({ to: ADA, messagingServiceSid: service.sid, body: 'Hoi' });
    expect(message).toMatchObject({ status: 'accepted', from: null, numSegments: '0', messagingServiceSid: service.sid });
    await world.simulator.settled();
    expect(await world.client.messages(message.sid).fetch()).toMatchObject({ status: 'delivered', from: GARAGE, numSegments: '1' });
  });
});

describe('what the simulator refuses', () => {
  it.each([
    ['a receiver that is no number', { to: '12345', from: GARAGE, body: 'Hoi' }, 21211],
    ['the magic invalid number', { to: '+15005550001', from: GARAGE, body: 'Hoi' }, 21211],
    ['the magic unreachable number', { to: '+15005550002', from: GARAGE, body: 'Hoi' }, 21612],
    ['the magic forbidden region', { to: '+15005550003', from: GARAGE, body: 'Hoi' }, 21408],
    ['the magic unsubscribed number', { to: '+15005550004', from: GARAGE, body: 'Hoi' }, 21610],
    ['the magic landline', { to: '+15005550009', from: GARAGE, body: 'Hoi' }, 21614],
    ['the magic invalid sender', { to: ADA, from: '+15005550001', body: 'Hoi' }, 21212],
    ['the magic sender nobody owns', { to: ADA, from: '+15005550007', body: 'Hoi' }, 21606],
    ['the magic sender with a full queue', { to: ADA, from: '+15005550008', body: 'Hoi' }, 21611],
    ["a sender that is somebody else's", { to: ADA, from: '+31209999999', body: 'Hoi' }, 21659],
    ['a WhatsApp sender that is not registered', { to: `whatsapp:${ADA}`, from: 'whatsapp:+31209999999', body: 'Hoi' }, 63007],
    ['an SMS sender for a WhatsApp receiver', { to: `whatsapp:${ADA}`, from: GARAGE, body: 'Hoi' }, 21910],
    ['a message to itself', { to: GARAGE, from: GARAGE, body: 'Hoi' }, 21266],
    ['an empty message', { to: ADA, from: GARAGE, body: '' }, 21619],
    ['more than 1600 characters', { to: ADA, from: GARAGE, body: 'a'.repeat(1_601) }, 21617],
    ['media that is no URL', { to: ADA, from: GARAGE, mediaUrl: ['foto.jpg'] }, 21620],
    ['a callback that is no URL', { to: ADA, from: GARAGE, body: 'Hoi', statusCallback: 'hier' }, 21609],
    ['an unknown template', { to: ADA, from: GARAGE, contentSid: `HX${'0'.repeat(32)}` }, 21655],
    ['an unknown service', { to: ADA, messagingServiceSid: `MG${'0'.repeat(32)}`, body: 'Hoi' }, 21705],
    ['a schedule without a service', { to: ADA, from: GARAGE, body: 'Hoi', scheduleType: 'fixed' as const }, 35118],
  ])('%s', async (_what, parameters, code) => {
    await using world = await simulatedTwilio();
    const error = await failureOf(world.client.messages.create(parameters));

    expect(error.constructor.name).toBe('RestException');
    expect(error).toMatchObject({ status: 400, code, moreInfo: `https://www.twilio.com/docs/errors/${code}` });
    expect(world.ledger('message.refused')).toMatchObject([{ httpStatus: 400, errorCode: code }]);
    expect(await world.client.messages.list()).toEqual([]);
  });

  it('takes 1600 characters and the magic sender of anybody', async () => {
    await using world = await simulatedTwilio();
    expect(await world.client.messages.create({ to: ADA, from: '+15005550006', body: 'a'.repeat(1_600) })).toMatchObject({
      status: 'queued',
      numSegments: '11',
    });
  });

  it('wrong credentials are 401 / 20003 and another account is not found', async () => {
    await using world = await simulatedTwilio();
    const path = `/2010-04-01/Accounts/${world.account.accountSid}/Messages.json`;
    const get = (accountPath: string, credentials?: string) =>
      fetch(world.simulator.url + accountPath, credentials ? { headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } } : {});

    for (const credentials of [undefined, `${world.account.accountSid}:wrong`, 'AC1:x', 'nonsense']) {
      const answer = await get(path, credentials);
      expect([answer.status, ((await answer.json()) as { code: number }).code]).toEqual([401, 20003]);
    }
    const other = path.replace(world.account.accountSid, `AC${'0'.repeat(32)}`);
    expect((await get(other, `${world.account.accountSid}:${world.account.authToken}`)).status).toBe(404);
  });

  it('more creates a second than the account may do are 429 / 20429 and never accepted', async () => {
    await using world = await simulatedTwilio({ createsPerSecond: 1 });
    await world.client.messages.create({ to: ADA, from: GARAGE, body: 'een' });
    expect(await failureOf(world.client.messages.create({ to: ADA, from: GARAGE, body: 'twee' }))).toMatchObject({ status: 429, code: 20429 });
    expect(world.ledger('message.accepted')).toHaveLength(1);
  });

  it('an idempotency header changes nothing: two equal requests are two messages', async () => {
    await using world = await simulatedTwilio();
    const { accountSid, authToken } = world.account;
    const send = () =>
      fetch(`${world.simulator.url}/2010-04-01/Accounts/${accountSid}/Messages.json`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
          'idempotency-key': 'k1',
          'i-twilio-idempotency-token': 'k1',
        },
        body: new URLSearchParams({ To: ADA, From: GARAGE, Body: 'Hoi' }),
      });
    await Promise.all([send(), send()]);
    expect(await world.client.messages.list()).toHaveLength(2);
  });

  it('a path or parameter it does not know is a listed gap, not a silent success', async () => {
    await using world = await simulatedTwilio();
    await failureOf(world.client.calls.create({ to: ADA, from: GARAGE, url: 'https://garage.example/' }));
    await world.client.request({
      method: 'post',
      uri: `${world.simulator.url}/2010-04-01/Accounts/${world.account.accountSid}/Messages.json`,
      data: { To: ADA, From: GARAGE, Body: 'Hoi', IdempotencyKey: 'k1' },
    });
    expect((await world.sim('GET', '/_sim/gaps')).body).toEqual({
      gaps: [
        { method: 'POST', path: '/2010-04-01/Accounts/{AC}/Calls.json', count: 1 },
        { method: 'POST', path: '/2010-04-01/Accounts/{AC}/Messages.json', parameter: 'IdempotencyKey', count: 1 },
      ],
    });
  });
});
