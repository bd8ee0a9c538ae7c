import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BusinessId, ConversationId, OutboundId } from '#domain/ids';
import { turnIdOf } from '#domain/ids';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';
import { aReply, aSid, aText } from './conversation.builder.ts';

const CANARIES = {
  phone: '+31655501234',
  name: 'Kanarie Vogelaar',
  email: 'kanarie.vogelaar@example.nl',
  text: 'Mijn kanarie zoekt een gele Volkswagen Golf',
  answer: 'Voor uw kanarie hebben we een gele Golf',
  place: 'Kanariestraat 1',
  token: 'kanarie-auth-token-0123456789',
  member: 'Kanarie Medewerker',
};

let database: TestDatabase;
let businessId: BusinessId;
beforeAll(async () => {
  database = await openTestDatabase('raw');
  const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: CANARIES.token };
  const profile = await database.system.businesses.create({
    name: 'Garage',
    trade: 'other',
    timeZone: 'Europe/Amsterdam',
    locale: 'nl',
    hours: {},
    numbers: [{ e164: '+31200000001', channels: ['sms', 'whatsapp'] }],
    cars: [],
    twilio: account,
  });
  businessId = profile.id;
  const our = database.forBusiness(businessId);

  for (const channel of ['sms', 'whatsapp', 'web'] as const) {
    const address = channel === 'web' ? `visitor ${CANARIES.name}` : CANARIES.phone;
    const customer = await our.customers.findOrCreate({ channel, address, displayName: CANARIES.name, email: CANARIES.email });
    const id = database.keys.conversationId(businessId, channel, address, '+31200000001') as ConversationId;
    const conversation = await our.conversations.ensure({
      id,
      customerId: customer.id,
      channel,
      customerAddress: address,
      businessAddress: '+31200000001',
      at: new Date(),
    });
    const message = aText(CANARIES.text, {
      profileName: CANARIES.name,
      location: { latitude: 52, longitude: 5, label: CANARIES.place },
      media: [{ url: `https://media.example/${CANARIES.name}`, contentType: 'image/png' }],
      buttonPayload: CANARIES.text,
    });
    await our.messages.insertInbound(conversation, [message]);
    await our.conversations.noteInbound(id, { at: new Date(), preview: CANARIES.text, messageIds: [message.messageId] });
    const turnId = turnIdOf(id, message.messageId);
    await our.turns.saveIfAbsent({
      turnId,
      conversationId: id,
      customerId: customer.id,
      messageIds: [message.messageId],
      reply: {
        text: CANARIES.answer,
        intent: 'search_cars',
        confidence: 1,
        actions: [],
        memory: { name: CANARIES.name },
        trace: { assistant: 'built-in', language: 'nl', tools: [{ name: 'cars', input: CANARIES.text, output: CANARIES.answer, ms: 1 }], sources: [], ms: 1 },
      },
    });
    const reply = aReply(conversation, { turnId, content: CANARIES.answer, metadata: { quickReplies: [{ label: CANARIES.answer, payload: CANARIES.text }] } });
    await our.messages.insertPlanned([reply]);
    await our.messages.claim(reply.id, { lease: 'w', at: new Date() });
    await our.messages.markAccepted(reply.id as OutboundId, { sid: aSid(), status: 'queued', at: new Date() });
    await our.conversations.noteOutbound(id, { at: new Date(), preview: CANARIES.answer, role: 'assistant' });
    await our.conversations.setMemory(id, { said: CANARIES.text, name: CANARIES.name }, 'nl');
    await our.optOuts.optOut({ channel, address, businessAddress: '+31200000001' }, 'STOP');
    await our.events.append({ type: 'message.received', conversationId: id, customerId: customer.id, data: { n: 1 } });
    await database.system.parked.park({ businessId, channel, customerAddress: address, businessAddress: '+31200000001', message });
    await database.system.limits.hit(`inbound:${address}`, { windowMs: 60_000, member: message.messageId });
    await our.customers.rename(customer.id, `${CANARIES.name} junior`);
    await our.customers.setEmail(customer.id, CANARIES.email);
  }
  const member = await our.members.create({ name: CANARIES.member, email: CANARIES.email, role: 'staff' });
  await our.signInLinks.create(member.id, 60_000);
  await our.apiKeys.create({ name: 'website', scopes: [] });
  await our.webhookLog.record({
    path: '/webhooks/twilio/sms',
    headers: { 'user-agent': CANARIES.name },
    body: { From: CANARIES.phone, Body: CANARIES.text },
    status: 200,
    ms: 1,
    accountSid: account.accountSid,
    verified: true,
  });
});
afterAll(() => database[Symbol.asyncDispose]());

/** Every byte MongoDB holds for this database, indexes included: what the driver reads without our models. */
async function everything(): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const { name } of (await database.connection.db?.listCollections().toArray()) ?? []) {
    const documents = await database.connection.collection(name).find({}, { raw: true }).toArray();
    found.set(name, Buffer.concat(documents as unknown as Buffer[]));
  }
  return found;
}

test('every collection was written to, so that the search below means something', async () => {
  const empty = [...(await everything())].filter(([, bytes]) => bytes.length === 0).map(([name]) => name);
  expect(empty.sort()).toEqual(['locks', 'watermarks']);
});

test.each(Object.entries(CANARIES))('the %s of a customer or of staff is nowhere in the database', async (_what, canary) => {
  const shapes = [
    canary,
    canary.toLowerCase(),
    canary.toUpperCase(),
    encodeURIComponent(canary),
    Buffer.from(canary).toString('base64').replace(/=+$/, ''),
    Buffer.from(canary).toString('hex'),
  ];
  // Digits alone too: a number may be stored without its plus.
  if (canary.startsWith('+')) shapes.push(canary.slice(1));
  for (const [collection, bytes] of await everything()) {
    for (const shape of shapes) expect({ collection, found: bytes.includes(shape) }).toEqual({ collection, found: false });
  }
});

test('and yet we read all of it', async () => {
  const our = database.anotherProcess().forBusiness(businessId);
  const { items } = await our.conversations.list({ limit: 10 });
  expect(items).toHaveLength(3);
  for (const { id, preview, memory } of items) {
    expect(preview?.text).toBe(CANARIES.answer);
    expect(memory).toEqual({ said: CANARIES.text, name: CANARIES.name });
    const thread = await our.messages.listByConversation({ conversationId: id, limit: 10 });
    expect(thread.items.map(({ content }) => content).sort()).toEqual([CANARIES.answer, CANARIES.text].sort());
  }
});

test('every model has its test of what a stranger sees: a new collection must be added above', () => {
  const models = readdirSync(join(__dirname, '../../models')).filter((file) => file.endsWith('.model.ts'));
  expect(models).toHaveLength(18);
});
