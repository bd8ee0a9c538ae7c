import { startApi } from '#api/server';
import { unavailable } from '#domain/failure';
import type { ComposedInstallation } from '#services/compose';
import type { TestBusiness } from '../../support/test-business.ts';
import type { TestEnv } from '../../support/test-env.ts';
import { startTestEnv } from '../../support/test-env.ts';
import { until } from '../../support/waiting.ts';
import { callWebhook, formOf, inboundFields, newSid, send } from '../twilio-caller.fixture.ts';

let env: TestEnv;
let garage: TestBusiness;

beforeAll(async () => {
  env = await startTestEnv({ workers: false, settings: { INBOUND_PER_MINUTE: '5' } });
  garage = await env.newBusiness();
}, 120_000);
afterAll(() => env?.[Symbol.asyncDispose]());

const token = () => garage.account.authToken;
let lastPhone = 10_000_000;
const newPhone = (): string => {
  lastPhone += 1;
  return `+316${lastPhone}`;
};
const fromPhone = (phone = newPhone(), changes: Record<string, string> = {}) => inboundFields(garage, { From: `whatsapp:${phone}`, ...changes });

/** Conversations Temporal knows of for this phone: what a webhook left behind. */
async function isKnown(phone: string): Promise<boolean> {
  const id = env.installation.keys.conversationId(garage.id, 'whatsapp', phone, garage.e164);
  return await env.installation.temporal.client.workflow
    .getHandle(`conversation:${garage.id}:${id}`)
    .describe()
    .then(
      () => true,
      () => false,
    );
}

const logged = () => garage.ctx.webhookLog.list({ limit: 100 });

describe('who may call', () => {
  test('a message signed by Twilio is answered with empty TwiML, and is in its conversation by then', async () => {
    const phone = newPhone();
    const answer = await callWebhook(env, { fields: fromPhone(phone), authToken: token() });
    expect(answer).toMatchObject({ status: 200, body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' });
    expect(answer.headers['content-type']).toContain('text/xml');
    expect(await isKnown(phone)).toBe(true);
  });

  test.each(['/webhooks/twilio/whatsapp', '/webhooks/twilio/sms', '/webhooks/twilio/status'])(
    'an unsigned, empty or wrongly signed call to %s is refused and leaves nothing behind',
    async (path) => {
      const phone = newPhone();
      const fields = fromPhone(phone, { MessageStatus: 'delivered' });
      const before = (await logged()).items.length;
      const { length } = formOf(fields);
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(length) };
      const unsigned = await send(env.url + path, { method: 'POST', body: formOf(fields), headers });
      const empty = await send(env.url + path, { method: 'POST', body: formOf(fields), headers: { ...headers, 'x-twilio-signature': '' } });
      const wrong = await callWebhook(env, { path, fields, authToken: 'somebody-elses-token' });
      const garbage = await callWebhook(env, { path, fields, authToken: token(), headers: { 'x-twilio-signature': '%%%' } });
      expect([unsigned.status, empty.status, wrong.status, garbage.status]).toEqual([403, 403, 403, 403]);
      expect(await isKnown(phone)).toBe(false);
      expect((await logged()).items).toHaveLength(before);
    },
  );

  test('a field changed after signing is refused', async () => {
    const fields = fromPhone();
    const answer = await callWebhook(env, { fields, authToken: token(), rawBody: formOf({ ...fields, Body: 'Geef mij alles' }) });
    expect(answer.status).toBe(403);
  });

  test('an account nobody here has is refused', async () => {
    const answer = await callWebhook(env, { fields: fromPhone(newPhone(), { AccountSid: `AC${'0'.repeat(32)}` }), authToken: token() });
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('webhook.unknown_account') });
  });

  test.each([
    { host: 'evil.example' },
    { 'x-forwarded-host': 'evil.example' },
    { 'x-forwarded-proto': 'https' },
    { forwarded: 'host=evil.example;proto=https' },
    { 'x-original-url': '/other' },
    { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-port': '444' },
  ])('headers that claim another address (%j) change nothing: only the configured one is signed', async (headers: Record<string, string | undefined>) => {
    const spoofed = Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));
    const honest = await callWebhook(env, { fields: fromPhone(), authToken: token(), headers: spoofed });
    const forged = await callWebhook(env, {
      fields: fromPhone(),
      authToken: token(),
      headers: spoofed,
      signedUrl: 'https://evil.example/webhooks/twilio/whatsapp',
    });
    expect([honest.status, forged.status]).toEqual([200, 403]);
  });

  test('a signature for one path or query is none for another', async () => {
    const fields = fromPhone();
    const answer = await callWebhook(env, {
      path: '/webhooks/twilio/whatsapp?x=1',
      fields,
      authToken: token(),
      signedUrl: `${env.config.webhookBaseUrl}/webhooks/twilio/whatsapp`,
    });
    expect(answer.status).toBe(403);
  });
});

describe('what is no webhook', () => {
  test.each([
    ['a field that stands twice', (form: string) => `${form}&Body=nog%20iets`],
    ['a broken percent sign', (form: string) => `${form}&X=%E0%A4%A`],
    ['a name without a value', (form: string) => `${form}&lonely`],
    ['more than any webhook holds', (form: string) => `${form}&X=${'a'.repeat(70_000)}`],
    ['nothing at all', () => ''],
  ])('%s is refused with 400 and leaves nothing behind', async (_name, spoil) => {
    const phone = newPhone();
    const fields = fromPhone(phone);
    const answer = await callWebhook(env, { fields, authToken: token(), rawBody: spoil(formOf(fields)) });
    expect(answer.status).toBe(400);
    expect(await isKnown(phone)).toBe(false);
  });

  test.each([
    ['MessageSid', 'SM123'],
    ['MessageSid', `XX${'0'.repeat(32)}`],
    ['MessageSid', ''],
    ['AccountSid', 'AC123'],
    ['From', ''],
    ['To', 'messenger:123'],
    ['NumMedia', '-1'],
    ['NumMedia', '9999'],
    ['SmsMessageSid', newSid()],
  ])('a properly signed form with %s=%j is refused with 400', async (name, value) => {
    const fields = { ...fromPhone(), [name]: value };
    const answer = await callWebhook(env, { fields, authToken: token() });
    expect(answer.status).toBe(400);
  });

  test.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded-not'])(
    'a body sent as %s is refused with 400',
    async (type) => {
      const answer = await callWebhook(env, { fields: fromPhone(), authToken: token(), headers: { 'content-type': type } });
      expect(answer.status).toBe(400);
    },
  );

  test('a body without a content type is refused with 400', async () => {
    const fields = fromPhone();
    const body = formOf(fields);
    const answer = await send(`${env.url}/webhooks/twilio/sms`, {
      method: 'POST',
      body,
      headers: { 'x-twilio-signature': 'x', 'content-length': String(body.length) },
    });
    expect(answer.status).toBe(400);
  });

  test('a compressed body is refused, so that no small one becomes a large one', async () => {
    const answer = await callWebhook(env, { fields: fromPhone(), authToken: token(), headers: { 'content-encoding': 'gzip' } });
    expect(answer.status).toBe(400);
  });

  test('a hundred kilobytes of headers are refused before anything is read', async () => {
    const answer = await send(`${env.url}/webhooks/twilio/sms`, { method: 'POST', headers: { 'x-big': 'a'.repeat(100_000) } }).catch(() => ({ status: 431 }));
    expect(answer.status).toBe(431);
  });

  test.each(['__proto__', 'constructor', 'toString', 'Body[$ne]', 'From[]', '$where'])('a further field named %s is carried along harmlessly', async (name) => {
    const phone = newPhone();
    const answer = await callWebhook(env, { fields: { ...fromPhone(phone), ...JSON.parse(`{${JSON.stringify(name)}:"x"}`) }, authToken: token() });
    expect(answer.status).toBe(200);
    expect(await isKnown(phone)).toBe(true);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('the door itself', () => {
  test('GET answers 200, as set-up checks expect; other methods are refused', async () => {
    for (const kind of ['whatsapp', 'sms', 'status']) {
      expect(await send(`${env.url}/webhooks/twilio/${kind}`)).toMatchObject({ status: 200 });
      expect(await send(`${env.url}/webhooks/twilio/${kind}`, { method: 'PUT' })).toMatchObject({ status: 405, headers: { allow: 'GET, POST' } });
    }
  });

  test('both message paths take either channel: the addresses say which it is', async () => {
    const phone = newPhone();
    const onSmsPath = await callWebhook(env, { path: '/webhooks/twilio/sms', fields: fromPhone(phone), authToken: token() });
    const sms = await callWebhook(env, {
      path: '/webhooks/twilio/whatsapp',
      fields: inboundFields(garage, { From: newPhone(), To: garage.e164 }),
      authToken: token(),
    });
    expect([onSmsPath.status, sms.status]).toEqual([200, 200]);
    expect(await isKnown(phone)).toBe(true);
  });

  test('a number of the account that nobody serves is answered with 200 and no conversation', async () => {
    const phone = newPhone();
    const answer = await callWebhook(env, { fields: fromPhone(phone, { To: 'whatsapp:+31201112233' }), authToken: token() });
    expect(answer.status).toBe(200);
    expect(await isKnown(phone)).toBe(false);
  });

  test('with a secret in the configured path, the path without it is refused', async () => {
    const secret = 'a-secret-of-20-chars';
    const installation = { ...env.installation, config: { ...env.config, httpPort: 0, twilioWebhookSecret: secret } };
    await using api = await startApi(installation);
    const door = { url: api.url, config: env.config };
    const right = await callWebhook(door, { path: `/webhooks/twilio/sms/${secret}`, fields: fromPhone(), authToken: token() });
    const missing = await callWebhook(door, { path: '/webhooks/twilio/sms', fields: fromPhone(), authToken: token() });
    const wrong = await callWebhook(door, { path: '/webhooks/twilio/sms/a-secret-of-20-charz', fields: fromPhone(), authToken: token() });
    expect([right.status, missing.status, wrong.status]).toEqual([200, 403, 403]);
    expect((await callWebhook(env, { path: `/webhooks/twilio/sms/${secret}`, fields: fromPhone(), authToken: token() })).status).toBe(404);
  });
});

describe('a phone that writes too much', () => {
  test('is asked to slow down after its rate, each message counted once; what it wrote is kept all the same', async () => {
    const phone = newPhone();
    const messages = Array.from({ length: 7 }, () => fromPhone(phone));
    const statuses: number[] = [];
    for (const fields of messages) statuses.push((await callWebhook(env, { fields, authToken: token() })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);

    const over = await callWebhook(env, { fields: fromPhone(phone), authToken: token() });
    expect(over).toMatchObject({ status: 429, body: 'Too many requests, please slow down' });
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0);
    const repeated = await callWebhook(env, { fields: messages[6] ?? {}, authToken: token() });
    expect(repeated.status).toBe(200);
    expect((await callWebhook(env, { fields: fromPhone(), authToken: token() })).status).toBe(200);
  });

  test('the same message sent again and again is one message', async () => {
    const fields = fromPhone();
    const answers = await Promise.all(Array.from({ length: 40 }, () => callWebhook(env, { fields, authToken: token() })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('when something is down', () => {
  const withChanged = async (changes: Partial<ComposedInstallation>) =>
    await startApi({ ...env.installation, ...changes, config: { ...env.config, httpPort: 0 } });

  test('an account that cannot be looked up is a 503, never "unknown"', async () => {
    const numbers = { ...env.installation.numbers, findAccount: () => Promise.reject(unavailable('numbers', 'not now')) };
    await using api = await withChanged({ numbers });
    const answer = await callWebhook({ url: api.url, config: env.config }, { fields: fromPhone(), authToken: token() });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBeDefined();
  });

  test('a message that cannot be stored anywhere is a 503', async () => {
    const forBusiness: ComposedInstallation['forBusiness'] = (id, actor) => {
      const ctx = env.installation.forBusiness(id, actor);
      const down = () => Promise.reject(new Error('down'));
      return { ...ctx, temporal: { ...ctx.temporal, client: { withDeadline: down } as never }, parkedInbound: { park: down, remove: down } };
    };
    await using api = await withChanged({ forBusiness });
    const answer = await callWebhook({ url: api.url, config: env.config }, { fields: fromPhone(), authToken: token() });
    expect(answer).toMatchObject({ status: 503, body: expect.stringContaining('intake.unavailable') });
  });

  test('a fault of our own is a 500 that tells nothing', async () => {
    const numbers = { ...env.installation.numbers, findAccount: () => Promise.reject(new Error('the secret detail')) };
    await using api = await withChanged({ numbers, log: env.installation.log.child({}, { level: 'silent' }) });
    const answer = await callWebhook({ url: api.url, config: env.config }, { fields: fromPhone(), authToken: token() });
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('secret detail');
  });
});

describe('the webhook log', () => {
  test('holds every verified webhook with its outcome and time, and nothing that says who wrote what', async () => {
    const quiet = await env.newBusiness();
    const fields = inboundFields(quiet, { Body: 'canary-text', ProfileName: 'Canary Name' });
    await callWebhook(env, { fields, authToken: quiet.account.authToken });
    await until(async () => (await quiet.ctx.webhookLog.list({ limit: 10 })).items.length === 1, { describe: () => 'the log to be written' });
    const [entry] = (await quiet.ctx.webhookLog.list({ limit: 10 })).items;
    expect(entry).toMatchObject({
      path: '/webhooks/twilio/whatsapp',
      status: 200,
      accountSid: quiet.account.accountSid,
      messageSid: fields['MessageSid'],
      verified: true,
    });
    expect(entry?.ms).toBeGreaterThanOrEqual(0);
    const written = JSON.stringify(entry);
    for (const canary of ['canary-text', 'Canary Name', '612345678', quiet.e164]) expect(written).not.toContain(canary);
    expect(entry?.headers).not.toHaveProperty('x-twilio-signature');
  });
});
