import fc from 'fast-check';
import type { OutboundId } from '#domain/ids';
import { inboundRowId } from '#domain/ids';
import type { InboundMessage } from '#domain/messages/inbound';
import type { BusinessRepositories } from '#models/repositories';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';
import { aConversation, aText } from './conversation.builder.ts';

let database: TestDatabase;
let business: BusinessRepositories & { businessId: string };

beforeAll(async () => {
  database = await openTestDatabase('inbound');
  business = await database.aBusiness();
});
afterAll(() => database[Symbol.asyncDispose]());

const thread = async (conversationId: Awaited<ReturnType<typeof aConversation>>['id']) =>
  (await business.messages.listByConversation({ conversationId, limit: 100 })).items;

describe('storing what a customer wrote', () => {
  test('everything they sent is kept: words, pictures, places, taps', async () => {
    const { conversation, customer, id } = await aConversation(business);
    const message = aText('Deze wil ik zien', {
      media: [{ url: 'https://api.twilio.com/media/1', contentType: 'image/jpeg' }],
      location: { latitude: 52.09, longitude: 5.12, label: 'Utrecht' },
      buttonPayload: 'book_viewing',
      profileName: 'Ada',
      kind: 'media',
      throttledUntilMs: Date.now(),
    });
    await business.messages.insertInbound(conversation, [message]);
    expect(await thread(id)).toEqual([
      expect.objectContaining({
        id: inboundRowId(id, message.messageId),
        messageId: message.messageId,
        customerId: customer.id,
        direction: 'inbound',
        role: 'customer',
        content: 'Deze wil ik zien',
        occurredAt: new Date(message.receivedAtMs),
        metadata: { media: message.media, location: message.location, buttonPayload: 'book_viewing', profileName: 'Ada', kind: 'media', throttled: true },
      }),
    ]);
  });

  test('a message that comes a hundred times at once is stored once, and one caller is told it was new', async () => {
    const { conversation, id } = await aConversation(business);
    const message = aText();
    const states = await Promise.all(Array.from({ length: 100 }, () => business.messages.insertInbound(conversation, [message])));
    expect(states.filter((state) => state.get(message.messageId)?.inserted)).toHaveLength(1);
    expect(await thread(id)).toHaveLength(1);
  });

  test('in whatever order and however often webhooks come, the thread is the same', async () => {
    const messages = Array.from({ length: 5 }, (_, n) => ({ text: `bericht ${n}`, at: 1_700_000_000_000 + n * 1_000 }));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], { minLength: 10 }),
        fc.array(fc.nat({ max: 3 }), { maxLength: 3 }),
        async (order, cuts) => {
          const { conversation, id } = await aConversation(business);
          const burst = messages.map(({ text, at }, n) => aText(text, { messageId: `SM${n}`, receivedAtMs: at }));
          const calls = chunked(
            order.map((n) => burst[n] as InboundMessage),
            cuts,
          );
          for (const call of calls) await business.messages.insertInbound(conversation, call);
          expect((await thread(id)).map(({ content }) => content)).toEqual(messages.map(({ text }) => text));
        },
      ),
      { numRuns: 15 },
    );
  });

  test('a row that exists stays as it is', async () => {
    const { conversation, id } = await aConversation(business);
    const message = aText('eerst');
    await business.messages.insertInbound(conversation, [message]);
    const again = await business.messages.insertInbound(conversation, [{ ...message, text: 'daarna' }, aText('nieuw')]);
    expect([...again.values()].map(({ inserted }) => inserted)).toEqual([false, true]);
    expect((await thread(id)).map(({ content }) => content).sort()).toEqual(['eerst', 'nieuw']);
  });

  test('two customers whose browsers chose the same id each keep their own message', async () => {
    const [one, other] = [await aConversation(business), await aConversation(business)];
    await business.messages.insertInbound(one.conversation, [aText('van mij', { messageId: 'web-1' })]);
    const states = await business.messages.insertInbound(other.conversation, [aText('van mij ook', { messageId: 'web-1' })]);
    expect(states.get('web-1')?.inserted).toBe(true);
    expect(await thread(other.id)).toHaveLength(1);
  });
});

describe('what was seen is never answered again', () => {
  test('after retention deleted a message, its webhook brings nothing back', async () => {
    const { conversation, id } = await aConversation(business);
    const message = aText();
    await business.messages.insertInbound(conversation, [message]);
    await database.db.messages.deleteMany({ businessId: business.businessId, conversationId: id });
    expect((await business.messages.insertInbound(conversation, [message])).get(message.messageId)).toEqual({ inserted: false, seen: true });
    expect((await business.messages.states(id, [message.messageId])).get(message.messageId)).toEqual({ inserted: false, seen: true });
    expect(await thread(id)).toHaveLength(0);
  });

  test('a process that died between storing a message and noting its id loses nothing: the next call notes it', async () => {
    const { conversation, id } = await aConversation(business);
    const message = aText();
    await business.messages.insertInbound(conversation, [message]);
    await database.db.seenSids.deleteMany({ businessId: business.businessId });
    await business.messages.insertInbound(conversation, [message]);
    await database.db.messages.deleteMany({ businessId: business.businessId, conversationId: id });
    expect((await business.messages.states(id, [message.messageId])).get(message.messageId)?.seen).toBe(true);
  });

  test('what outlives the message says nothing about anybody', async () => {
    const { conversation } = await aConversation(business);
    const message = aText();
    await business.messages.insertInbound(conversation, [message]);
    const raw = await database.connection.collection('seenSids').find({}).toArray();
    expect(raw.length).toBeGreaterThan(0);
    for (const row of raw) expect(Object.keys(row).sort()).toEqual(['_id', 'at', 'businessId']);
    expect(JSON.stringify(raw)).not.toContain(message.messageId);
    expect(JSON.stringify(raw)).not.toContain(conversation.id);
  });
});

describe('covering', () => {
  test('a message is covered once: a second reply or reason does not replace the first', async () => {
    const { conversation, id } = await aConversation(business);
    const [first, second] = [aText('een'), aText('twee')];
    await business.messages.insertInbound(conversation, [first, second]);
    expect(await business.messages.cover(id, [first.messageId], { by: 'reply-1' as OutboundId })).toBe(1);
    expect(await business.messages.cover(id, [first.messageId, second.messageId], { reason: 'takeover' })).toBe(1);
    const states = await business.messages.states(id, [first.messageId, second.messageId, 'SMunknown']);
    expect(Object.fromEntries(states)).toEqual({
      [first.messageId]: { inserted: false, seen: false, coveredBy: 'reply-1' },
      [second.messageId]: { inserted: false, seen: false, coverReason: 'takeover' },
    });
  });

  test('of many replies at once, one covers the message', async () => {
    const { conversation, id } = await aConversation(business);
    const message = aText();
    await business.messages.insertInbound(conversation, [message]);
    const moved = await Promise.all(Array.from({ length: 10 }, (_, n) => business.messages.cover(id, [message.messageId], { by: `reply-${n}` as OutboundId })));
    expect(moved.filter((count) => count === 1)).toHaveLength(1);
  });
});

test('Twilio has the last word on the order of a thread', async () => {
  const { conversation, id } = await aConversation(business);
  const [first, second] = [aText('eerst'), aText('daarna')];
  await business.messages.insertInbound(conversation, [{ ...second, receivedAtMs: 1_000 }]);
  await business.messages.insertInbound(conversation, [{ ...first, receivedAtMs: 2_000 }]);
  await business.messages.alignOrder(id, [
    { messageId: first.messageId, occurredAt: new Date(500) },
    { messageId: second.messageId, occurredAt: new Date(600) },
    { messageId: 'SMunknown', occurredAt: new Date(700) },
  ]);
  await business.messages.alignOrder(id, []);
  expect((await thread(id)).map(({ content }) => content)).toEqual(['eerst', 'daarna']);
});

function chunked<T>(list: T[], sizes: number[]): T[][] {
  const chunks: T[][] = [];
  let rest = list;
  for (const size of sizes) {
    chunks.push(rest.slice(0, size + 1));
    rest = rest.slice(size + 1);
  }
  return [...chunks, rest].filter((chunk) => chunk.length > 0);
}
