import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ADA, failureOf, GARAGE, simulatedTwilio } from './simulated-twilio.fixture.ts';
import { webhookReceiver } from './webhook-receiver.fixture.ts';

const SECOND_GARAGE = '+31207654321';
const secondAccount = { accountSid: `AC${'2'.repeat(32)}`, authToken: 'token-2', numbers: [{ e164: SECOND_GARAGE }] };

describe('accounts while the simulator runs', () => {
  it('a new business can be added, and one webhook URL changed without naming the rest', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio();
    await world.sim('POST', '/_sim/accounts', { ...secondAccount, numbers: [{ e164: SECOND_GARAGE, channels: ['sms', 'whatsapp'] }] });
    const { body } = await world.sim('POST', '/_sim/accounts', { ...secondAccount, numbers: [{ e164: SECOND_GARAGE, whatsappUrl: ours.url('/wa') }] });
    expect(body).toMatchObject({ accounts: [{ numbers: [{ e164: SECOND_GARAGE, channels: ['sms', 'whatsapp'], whatsappUrl: ours.url('/wa') }] }] });

    await world.write({ to: SECOND_GARAGE, channel: 'whatsapp' });
    expect(ours.received[0] && ours.isSigned(ours.received[0], 'token-2')).toBe(true);
    expect(ours.received[0]?.form.get('AccountSid')).toBe(secondAccount.accountSid);
    expect(await world.client.messages.list()).toEqual([]);
  });

  it('mistakes are named and change nothing', async () => {
    await using world = await simulatedTwilio();
    const { status, body } = await world.sim('POST', '/_sim/accounts', { accountSid: 'AC1', authToken: '', numbers: [{ e164: '06' }] });
    expect(status).toBe(400);
    expect((body as { issues: { path: string[] }[] }).issues.length).toBeGreaterThanOrEqual(3);
    expect((await world.sim('GET', '/_sim/accounts')).body).toMatchObject({ accounts: [{ accountSid: world.account.accountSid }] });
    expect((await fetch(`${world.simulator.url}/_sim/settings`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })).status).toBe(
      400,
    );
    expect((await world.sim('POST', '/_sim/settings', { statusDelay: 1 })).status).toBe(400);
    expect((await world.sim('GET', '/_sim/nothing')).status).toBe(404);
  });
});

describe('the clock', () => {
  it('moves dates by milliseconds, short words and ISO durations, and tells its followers', async () => {
    const told: unknown[] = [];
    const follower = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => told.push(JSON.parse(chunk.toString('utf8'))));
      request.on('end', () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => follower.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(follower.address() as AddressInfo).port}/clock`;
    await using world = await simulatedTwilio({ settings: { clockFollowers: [url, 'http://127.0.0.1:9/gone'] } });

    for (const advance of [1_000, '25h', 'PT30M', '-1s']) expect((await world.sim('POST', '/_sim/clock', { advance })).status).toBe(200);
    const offsetMs = 25.5 * 3_600_000;
    const clock = (await world.sim('GET', '/_sim/clock')).body as { now: string; offsetMs: number };
    expect(clock.offsetMs).toBe(offsetMs);
    expect(Math.abs(Date.parse(clock.now) - Date.now() - offsetMs)).toBeLessThan(5_000);
    expect(told.at(-1)).toEqual({ offsetMs });
    expect((await world.sim('POST', '/_sim/clock', { advance: 0 })).body).toMatchObject({
      followers: [
        { url, status: 204 },
        { url: 'http://127.0.0.1:9/gone', status: null },
      ],
    });
    expect((await world.sim('POST', '/_sim/clock', { advance: 'tomorrow' })).status).toBe(400);
    follower.closeAllConnections();
    await new Promise((resolve) => follower.close(resolve));
  });
});

describe('the ledger', () => {
  it('can be read from a point on, narrowed and cleared, and its numbers keep rising', async () => {
    await using world = await simulatedTwilio();
    const statusCallback = 'http://127.0.0.1:9/status?out=turn-1%3A0';
    await world.client.messages.create({ to: ADA, from: GARAGE, body: 'een', statusCallback });
    await world.simulator.settled();
    const read = async (query: string) => ((await world.sim('GET', `/_sim/ledger${query}`)).body as { entries: { n: number; kind: string }[] }).entries;

    const all = await read('');
    expect(all[0]).toMatchObject({
      n: 1,
      kind: 'message.accepted',
      to: ADA,
      from: GARAGE,
      body: 'een',
      statusCallback,
      outboundId: 'turn-1:0',
      httpStatus: 201,
    });
    expect(await read('?since=1')).toEqual(all.slice(1));
    expect(await read('?kind=message.accepted&outboundId=turn-1%3A0')).toHaveLength(1);
    expect(await read('?outboundId=turn-2')).toEqual([]);
    await world.sim('DELETE', '/_sim/ledger');
    await world.client.messages.create({ to: ADA, from: GARAGE, body: 'twee' });
    expect((await read(''))[0]?.n).toBe(all.length + 1);
  });

  it('reset goes back to the seed and drops what was still to come', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio();
    await world.sim('POST', '/_sim/settings', { statusDelayMs: 60_000 });
    await world.sim('POST', '/_sim/accounts', secondAccount);
    await world.fault({ on: 'messages.list', kind: '429' });
    await world.sim('POST', '/_sim/clock', { advance: '1h' });
    await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Hoi', statusCallback: ours.url('/status') });
    expect((await world.sim('POST', '/_sim/reset', { keepAccounts: true })).status).toBe(204);
    expect((await world.sim('GET', '/_sim/accounts')).body).toMatchObject({ accounts: [{}, { accountSid: secondAccount.accountSid }] });
    expect((await world.sim('POST', '/_sim/reset')).status).toBe(204);

    expect((await world.sim('GET', '/_sim/health')).body).toEqual({ ok: true, pending: 0 });
    expect(await world.client.messages.list()).toEqual([]);
    expect((await world.sim('GET', '/_sim/clock')).body).toMatchObject({ offsetMs: 0 });
    expect((await world.sim('GET', '/_sim/accounts')).body).toMatchObject({ accounts: [{ accountSid: world.account.accountSid }] });
    await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Opnieuw' });
    await world.simulator.settled();
    expect(ours.received).toEqual([]);
  });
});

describe('the phone page and the inspector', () => {
  it('show one thread with times, status, media and the end of the window', async () => {
    await using world = await simulatedTwilio();
    await world.write({ channel: 'whatsapp', body: 'Kijk', media: [{ contentType: 'image/png', base64: 'AAAA' }] });
    await world.client.messages.create({ to: `whatsapp:${ADA}`, from: `whatsapp:${GARAGE}`, body: 'Mooi' });
    await world.write({ from: '+31687654321', body: 'iemand anders' });
    await world.simulator.settled();

    const query = new URLSearchParams({ with: `whatsapp:${ADA}`, number: `whatsapp:${GARAGE}` });
    const thread = (await world.sim('GET', `/_sim/messages?${query}`)).body as { messages: { media: { path: string }[] }[]; windowClosesAt: string };
    expect(thread.messages).toMatchObject([
      { direction: 'inbound', body: 'Kijk', status: 'received' },
      { direction: 'outbound-api', body: 'Mooi', status: 'delivered', media: [] },
    ]);
    expect(Date.parse(thread.windowClosesAt)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    const photo = await fetch(world.simulator.url + (thread.messages[0]?.media[0]?.path ?? ''));
    expect([photo.status, photo.headers.get('content-type'), photo.headers.get('content-security-policy')]).toEqual([200, 'image/png', 'sandbox']);
    expect((await world.sim('GET', '/_sim/media/SM1/ME1')).status).toBe(404);
  });

  it('set a status by hand, and list who left by STOP', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio();
    const { sid } = await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Dag', statusCallback: ours.url('/status') });
    await world.simulator.settled();
    expect((await world.sim('POST', `/_sim/messages/${sid}/status`, { status: 'failed', errorCode: 30007 })).body).toMatchObject({
      status: 'failed',
      errorMessage: 'Message filtered',
    });
    await world.simulator.settled();
    expect(ours.statuses().at(-1)).toBe('failed');
    expect((await world.sim('POST', '/_sim/messages/SM1/status', { status: 'failed' })).status).toBe(404);
    expect((await world.sim('POST', '/_sim/messages/SM1/read')).status).toBe(404);

    await world.write({ body: 'STOP' });
    expect((await world.sim('GET', '/_sim/opt-outs')).body).toEqual({ optOuts: [{ customer: ADA, sender: GARAGE }] });
  });

  it('keep each webhook with what was sent and answered, as a curl line, and send it again unchanged', async () => {
    await using ours = await webhookReceiver();
    ours.answers.push({ status: 200, body: '<Response/>' });
    await using world = await simulatedTwilio({ numbers: [{ e164: GARAGE, channels: ['sms'], smsUrl: ours.url('/sms#rc=0') }] });
    await world.write({ body: "Hoi, it's me" });

    const { webhooks } = (await world.sim('GET', '/_sim/webhooks?since=0')).body as { webhooks: { id: number; curl: string }[] };
    expect(webhooks).toMatchObject([
      { id: 1, kind: 'inbound', attempts: [{ status: 200, body: '<Response/>', attempt: 1 }], parameters: expect.arrayContaining([['Body', "Hoi, it's me"]]) },
    ]);
    expect(webhooks[0]?.curl).toContain(`curl -X POST '${ours.url('/sms')}'`);
    expect(webhooks[0]?.curl).toContain('x-twilio-signature: ');
    expect((await world.sim('POST', '/_sim/webhooks/1/resend')).body).toMatchObject({ id: 2, attempts: [{ status: 200 }] });
    expect(ours.received[1]?.headers['x-twilio-signature']).toBe(ours.received[0]?.headers['x-twilio-signature']);
    expect((await world.sim('POST', '/_sim/webhooks/99/resend')).status).toBe(404);
    expect((await world.sim('GET', '/_sim/webhooks/2')).body).toMatchObject({ id: 2 });
  });

  it('hear of everything as it happens', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio({ numbers: [{ e164: GARAGE, channels: ['sms'], smsUrl: ours.url('/sms') }] });
    const stream = await fetch(`${world.simulator.url}/_sim/stream`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await world.write({ body: 'Hoi' });
    await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Dag' });

    let seen = '';
    while (!seen.includes('"status":"delivered"')) seen += (await reader?.read())?.value ?? '';
    const events = [...seen.matchAll(/^event: (.+)$/gm)].map(([, name]) => name);
    expect(events).toEqual(expect.arrayContaining(['message.created', 'message.status', 'webhook.delivered', 'ledger']));
    expect(stream.headers.get('access-control-allow-origin')).toBe('*');
    await reader?.cancel();
  });
});

describe("emulate's endpoint names", () => {
  it('do the same with Twilio credentials and form fields', async () => {
    await using ours = await webhookReceiver();
    await using world = await simulatedTwilio({ numbers: [{ e164: GARAGE, channels: ['sms'], smsUrl: ours.url('/sms') }] });
    const { accountSid, authToken } = world.account;
    const post = async (path: string, fields: Record<string, string>) => {
      const headers = { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` };
      const answer = await fetch(world.simulator.url + path, { method: 'POST', headers, body: new URLSearchParams(fields) });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    expect(await post('/_twilio/simulate/inbound-message', { To: GARAGE, From: ADA, Body: 'Hoi' })).toMatchObject({
      status: 201,
      body: { direction: 'inbound', body: 'Hoi' },
    });
    expect(ours.received).toHaveLength(1);

    const { sid } = await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Dag', statusCallback: ours.url('/status') });
    await world.simulator.settled();
    const undelivered = { MessageSid: sid, Status: 'undelivered', ErrorCode: '30003', ErrorMessage: 'Unreachable' };
    expect(await post('/_twilio/simulate/message-status', undelivered)).toMatchObject({ status: 200, body: { status: 'undelivered', error_code: 30003 } });
    await world.simulator.settled();
    expect(ours.statuses().at(-1)).toBe('undelivered');
    expect((await post('/_twilio/simulate/message-status', { MessageSid: sid, Status: 'odd' })).status).toBe(400);
    expect((await post('/_twilio/simulate/inbound-message', { To: '+31209999999', From: ADA })).status).toBe(404);
    expect((await fetch(`${world.simulator.url}/_twilio/simulate/inbound-message`, { method: 'POST' })).status).toBe(401);
  });
});

it('a busy port is told to whoever starts the simulator', async () => {
  await using world = await simulatedTwilio();
  const { startSimulator } = await import('../../simulator/simulator.server.ts');
  expect(await failureOf(startSimulator({ port: Number(new URL(world.simulator.url).port) }))).toMatchObject({ code: 'EADDRINUSE' });
});
