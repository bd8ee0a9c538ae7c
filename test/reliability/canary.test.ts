import { createHmac, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { BusinessId } from '#domain/ids';
import { loadConfig } from '#platform/config';
import { connectMongo } from '#platform/mongo/connection';
import { composeInstallation } from '#services/compose';
import { identitySecretOf } from '#services/webchat/visitor-identity';
import { until } from '../support/waiting.ts';
import { filesBelow, findIn, findInFiles, waysToWrite } from './support/needles.ts';
import type { StackUnderFire } from './support/stack-under-fire.ts';
import { OWNER_OF_DEMO_KEY, startStackUnderFire } from './support/stack-under-fire.ts';

jest.setTimeout(180_000);

/** Each is so odd that finding it means that it leaked. */
const CANARY = { phone: '687123954', name: 'Zebedeus Kwartelhoen', email: 'kwartelhoen@kanarie.example', text: 'ooievaarskuikenparade' };
const NEEDLES = waysToWrite(CANARY);
const PHONE = `+31${CANARY.phone}`;
const SAYING = `Hallo, ik ben ${CANARY.name}, mijn nummer is ${PHONE} en mijn adres is ${CANARY.email}. Hebben jullie een ${CANARY.text}?`;
/** Something that certainly is where we look: finding it shows that looking works. */
const CONTROL = 'kontrolekanarie-in-het-bestand';

let fire: StackUnderFire;

beforeAll(async () => {
  // Uncompressed and undecorated, so that a text in a file is a text in a file.
  const mongodArgs = ['--wiredTigerCollectionBlockCompressor', 'none', '--wiredTigerJournalCompressor', 'none'];
  fire = await startStackUnderFire({ env: { LOG_LEVEL: 'debug' }, mongodArgs });
  await everyChannel();
});
afterAll(() => fire?.[Symbol.asyncDispose]());

const api = (path: string, token: string, body?: unknown) =>
  fetch(fire.stack.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** The canary comes in by every door, is answered, looked for, refused and stumbled over. */
async function everyChannel(): Promise<void> {
  const { twilio, stack } = fire;
  const [to = ''] = fire.numbers;
  const key = stack.secrets.DEMO_API_KEY;
  const sms = { from: PHONE, to, channel: 'sms', body: SAYING } as const;
  const whatsapp = { ...sms, channel: 'whatsapp', profileName: CANARY.name } as const;

  await twilio.addFault({ on: 'messages.create', kind: 'reset-after', count: 1, match: { to: `whatsapp:${PHONE}` } });
  await twilio.addFault({ on: 'messages.create', kind: '500-before', count: 1, match: { to: PHONE } });
  await twilio.addFault({ on: 'webhooks', kind: 'bad-signature', count: 1, match: { from: PHONE } });
  const written = [await twilio.write(sms), await twilio.write(whatsapp), await twilio.write({ ...sms, messageSid: undefined })].map(
    ({ messageSid, deliveries }) => ({ messageSid, deliveries, from: PHONE }),
  );
  expect(written[0]?.deliveries.map(({ status }) => status)).toEqual([403]);

  // WhatsApp lets the garage write freely once the customer's own message is on record.
  await until(async () => (await fire.records.inbound()).length === 2);
  await chat(OWNER_OF_DEMO_KEY as BusinessId);
  for (const channel of ['sms', 'whatsapp']) {
    const sent = await api('/api/conversations/messages', key, { channel, to: PHONE, text: SAYING, clientId: randomUUID() });
    expect(sent.status).toBe(202);
  }
  for (const wanted of Object.values({ ...CANARY, phone: PHONE }))
    expect((await api(`/api/conversations?q=${encodeURIComponent(wanted)}`, key)).status).toBe(200);
  expect((await api('/api/conversations/messages', key, { channel: 'sms', to: `${PHONE} or so`, text: SAYING, clientId: CANARY.email })).status).toBe(400);

  await stack.mongod.stop();
  await twilio.write({ ...whatsapp, body: `${SAYING} Nog iets.` });
  await api(`/api/conversations?q=${encodeURIComponent(PHONE)}`, key);
  await stack.mongod.start();
  await fire.verdictOn(written);
}

/** A visitor the garage's own website knows by name and e-mail. */
async function chat(businessId: BusinessId): Promise<void> {
  const installation = await composeInstallation(loadConfig({ ...fire.stack.settings, LOG_LEVEL: 'fatal' }), 'script');
  await installation.keys.preload([businessId]);
  const secret = identitySecretOf({ keys: installation.keys, businessId });
  await installation[Symbol.asyncDispose]();
  const identity = {
    externalId: CANARY.email,
    name: CANARY.name,
    email: CANARY.email,
    signature: createHmac('sha256', secret).update(CANARY.email).digest('hex'),
  };
  const session = await api('/api/chat/session', '', { businessId, identity });
  expect(session.status).toBe(200);
  const { token } = (await session.json()) as { token: string };
  const said = await api('/api/chat/send', token, { messageId: randomUUID(), text: SAYING });
  expect(said.status).toBe(200);
  expect((await api(`/api/chat/history?token=${token}`, token)).status).toBe(200);
}

describe('what a customer wrote, and who they are', () => {
  test('is what Twilio and staff were given, so that the looking below is for something', async () => {
    const seen = JSON.stringify(await fire.twilio.ledger());
    for (const canary of Object.values(CANARY)) expect(seen).toContain(canary);
    const list = await (await api('/api/conversations?limit=50', fire.stack.secrets.DEMO_API_KEY)).text();
    expect(list).toContain(CANARY.name);
  });

  test('is in no log line, not even at debug level', async () => {
    const logs = filesBelow(fire.stack.folder).filter((path) => path.endsWith('.log') && !path.endsWith('simulator.log'));
    expect(logs.map((path) => path.split('/').at(-1)).sort()).toEqual(['api-1.log', 'mongod.log', 'temporal.log', 'worker-1.log']);
    expect(await findInFiles(logs, waysToWrite({ control: '"level":"debug"' }))).not.toEqual([]);
    expect(await findInFiles(logs, NEEDLES)).toEqual([]);
  });

  test('is in no metric', async () => {
    const metrics = await (await fetch(`${fire.stack.apiUrls[0]}/metrics`)).text();
    expect(metrics).toContain('switchboard_webhooks_total');
    expect(findIn(Buffer.from(metrics), NEEDLES)).toEqual([]);
  });

  test('cannot be read in the files of MongoDB', async () => {
    const mongo = await connectMongo(fire.stack.mongodbUri, { appName: 'canary' });
    await mongo.collection('canaryControl').insertOne({ text: CONTROL });
    await mongo.getClient().db('admin').command({ fsync: 1 });
    await mongo.close();
    const files = filesBelow(join(fire.stack.folder, 'mongo'));
    expect((await findInFiles(files, waysToWrite({ CONTROL }))).length).toBeGreaterThan(0);
    expect(await findInFiles(files, NEEDLES)).toEqual([]);
  });

  test('cannot be read in the files of Temporal', async () => {
    const files = readdirSync(fire.stack.folder)
      .filter((name) => name.startsWith('temporal.db'))
      .map((name) => join(fire.stack.folder, name));
    expect((await findInFiles(files, waysToWrite({ control: 'conversation:biz_' }))).length).toBeGreaterThan(0);
    expect(await findInFiles(files, NEEDLES)).toEqual([]);
  });

  test('cannot be read in a history by somebody without the keys', async () => {
    const connection = await Connection.connect({ address: fire.stack.temporalAddress });
    const { workflow } = new Client({ connection });
    let histories = 0;
    for await (const { workflowId, runId } of workflow.list()) {
      const history = await workflow.getHandle(workflowId, runId).fetchHistory();
      const bytes = Buffer.from(proto.temporal.api.history.v1.History.encode(history).finish());
      expect({ workflowId, found: findIn(bytes, NEEDLES) }).toEqual({ workflowId, found: [] });
      if (workflowId.startsWith('conversation:')) histories += 1;
    }
    await connection.close();
    expect(histories).toBeGreaterThanOrEqual(3);
  });
});
