import type { Reply } from '#domain/assistant/assistant.port';
import { turnIdOf } from '#domain/ids';
import type { BusinessRepositories } from '#models/repositories';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';
import { aConversation, aSid } from './conversation.builder.ts';

let database: TestDatabase;
let business: BusinessRepositories & { businessId: string };
beforeAll(async () => {
  database = await openTestDatabase('turns');
  business = await database.aBusiness();
});
afterAll(() => database[Symbol.asyncDispose]());

const aThought = (text: string): Reply => ({
  text,
  intent: 'search_cars',
  confidence: 0.9,
  actions: [{ type: 'mark_language', language: 'nl' }],
  memory: { car: 'golf' },
  trace: { assistant: 'built-in', language: 'nl', tools: [{ name: 'cars', input: { brand: 'Volkswagen' }, output: [], ms: 1 }], sources: [], ms: 2 },
});
const aTurn = async (text = 'We hebben drie Golfs.') => {
  const { conversation, id } = await aConversation(business);
  return { turnId: turnIdOf(id, aSid()), conversationId: id, customerId: conversation.customerId, messageIds: [aSid()], reply: aThought(text) };
};

test('a turn keeps its reply with everything that explains it', async () => {
  const turn = await aTurn();
  await business.turns.saveIfAbsent(turn);
  expect(await business.turns.get(turn.turnId)).toEqual({ ...turn, createdAt: expect.any(Date) });
});

test('of many replies to one turn, the first counts for everybody', async () => {
  const turn = await aTurn();
  const stored = await Promise.all(Array.from({ length: 10 }, (_, n) => business.turns.saveIfAbsent({ ...turn, reply: aThought(`antwoord ${n}`) })));
  expect(new Set(stored.map(({ reply }) => reply.text)).size).toBe(1);
  expect((await business.turns.get(turn.turnId))?.reply.text).toBe(stored[0]?.reply.text);
});

test("a conversation's turns are listed newest first", async () => {
  const first = await aTurn('een');
  await business.turns.saveIfAbsent(first);
  database.clock.setOffset(1_000);
  await business.turns.saveIfAbsent({ ...first, turnId: turnIdOf(first.conversationId, aSid()), reply: aThought('twee') });
  database.clock.setOffset(0);
  expect((await business.turns.listByConversation(first.conversationId, 10)).map(({ reply }) => reply.text)).toEqual(['twee', 'een']);
});

test('when the customer is erased, the turn is gone', async () => {
  const turn = await aTurn();
  await business.turns.saveIfAbsent(turn);
  await database.keys.forget({ businessId: business.businessId as never, customerId: turn.customerId });
  expect(await business.turns.get(turn.turnId)).toBeNull();
  expect(await business.turns.listByConversation(turn.conversationId, 10)).toEqual([]);
});

test('another business sees none of it', async () => {
  const turn = await aTurn();
  await business.turns.saveIfAbsent(turn);
  const other = await database.aBusiness();
  expect(await other.turns.get(turn.turnId)).toBeNull();
  expect(await other.turns.listByConversation(turn.conversationId, 10)).toEqual([]);
});
