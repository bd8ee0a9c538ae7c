import type { ConversationId, MemberId } from '#domain/ids';
import type { EventRecord } from '#models/events.repository';
import { watchEvents } from '#models/events.stream';
import type { BusinessRepositories } from '#models/repositories';
import { newId } from '#platform/ids';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';

let database: TestDatabase;
let business: BusinessRepositories & { businessId: string };
beforeAll(async () => {
  database = await openTestDatabase('events');
});
beforeEach(async () => {
  business = await database.aBusiness();
});
afterAll(() => database[Symbol.asyncDispose]());

/** Collects a stream and lets a test wait for what it needs. */
function collector() {
  const seen: { event: EventRecord; token: unknown }[] = [];
  const waiting = new Set<() => void>();
  return {
    seen,
    onEvent: (event: EventRecord, token: unknown) => {
      seen.push({ event, token });
      for (const look of waiting) look();
    },
    until: (isEnough: (types: string[]) => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!isEnough(seen.map(({ event }) => event.type))) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

describe('what happened', () => {
  test('is read back as it was written, without the name of whoever did it', async () => {
    const conversationId = 'conv-1' as ConversationId;
    const marker = newId('evt');
    await business.events.append({
      type: 'conversation.taken_over',
      conversationId,
      data: { from: 'assistant', n: 1 },
      actor: { type: 'member', memberId: 'mem_1' as MemberId, name: 'Jan Jansen' },
    });
    await business.events.append({ type: 'message.received', actor: { type: 'system', job: 'sweep' } });
    await business.events.append({ type: 'message.sent', actor: { type: 'assistant', conversationId } });
    await business.events.append({ type: 'key.used', actor: { type: 'api_key', keyId: 'key_1' } });
    const all = await database.db.events.find({ businessId: business.businessId }).sort({ _id: 1 }).lean();
    expect(JSON.stringify(all)).not.toContain('Jansen');
    const events = await business.events.since(all[0]?._id ?? marker, 10);
    expect(events).toEqual([
      {
        id: expect.stringMatching(/^evt_/),
        businessId: business.businessId,
        type: 'conversation.taken_over',
        conversationId,
        data: { from: 'assistant', n: 1 },
        actor: { type: 'member', id: 'mem_1' },
        at: expect.any(Date),
      },
      expect.objectContaining({ type: 'message.received', data: {}, actor: { type: 'system', id: 'sweep' } }),
      expect.objectContaining({ type: 'message.sent', actor: { type: 'assistant', id: conversationId } }),
      expect.objectContaining({ type: 'key.used', actor: { type: 'api_key', id: 'key_1' } }),
    ]);
  });

  test('a reader that was away gets everything since, and a little before, in pages', async () => {
    const wrote = Date.now();
    const rows = Array.from({ length: 10 }, (_, n) => ({
      _id: newId('evt', wrote - (10 - n) * 10_000),
      businessId: business.businessId,
      type: `n${n}`,
      at: new Date(),
      expiresAt: new Date(wrote + 60_000),
    }));
    await database.db.events.insertMany(rows);
    const typesFrom = async (n: number, limit: number, overlapMs?: number) =>
      (await business.events.since(rows[n]?._id ?? '', limit, overlapMs))?.map(({ type }) => type);
    expect(await typesFrom(5, 100)).toEqual(['n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9']);
    expect(await typesFrom(5, 2)).toEqual(['n2', 'n3']);
    expect(await typesFrom(3, 3, 0)).toEqual(['n4', 'n5', 'n6']);
  });

  test('a reader that names an event nobody knows is told to start anew', async () => {
    await business.events.append({ type: 'message.received' });
    const theirs = await database.aBusiness();
    await theirs.events.append({ type: 'message.received' });
    const foreign = (await database.db.events.findOne({ businessId: theirs.businessId }).lean())?._id ?? '';
    for (const id of ['', 'x', 'evt_', newId('evt'), foreign]) expect(await business.events.since(id, 10)).toBeNull();
  });

  test('nothing to say is nothing written', async () => {
    await business.events.appendMany([]);
    expect(await database.db.events.countDocuments({ businessId: business.businessId })).toBe(0);
  });
});

describe('live updates', () => {
  test("every business's events come in order, as they happen", async () => {
    const { seen, onEvent, until } = collector();
    const stream = await watchEvents(database.db, onEvent);
    const types = Array.from({ length: 20 }, (_, n) => `order-${n}`);
    for (const type of types) await business.events.append({ type });
    await until((all) => all.includes('order-19'));
    await stream.close();
    expect(seen.filter(({ event }) => event.businessId === business.businessId).map(({ event }) => event.type)).toEqual(types);
    await business.events.append({ type: 'after-close' });
    expect(seen.map(({ event }) => event.type)).not.toContain('after-close');
  });

  test('a stream that starts where another stopped misses nothing in between', async () => {
    const [first, second] = [collector(), collector()];
    const stream = await watchEvents(database.db, first.onEvent);
    await business.events.append({ type: 'before' });
    await first.until((all) => all.includes('before'));
    await stream.close();
    await business.events.append({ type: 'meanwhile' });
    const resumed = await watchEvents(database.db, second.onEvent, { resumeAfter: first.seen.at(-1)?.token });
    await business.events.append({ type: 'afterwards' });
    await second.until((all) => all.includes('afterwards'));
    await resumed.close();
    expect(second.seen.map(({ event }) => event.type)).toEqual(['meanwhile', 'afterwards']);
  });

  test('when the place to resume from is lost, readers are told, and the stream goes on from now', async () => {
    const { onEvent, until } = collector();
    let gaps = 0;
    const stream = await watchEvents(database.db, onEvent, { resumeAfter: { _data: 'nowhere' }, onGap: () => (gaps += 1) });
    await business.events.append({ type: 'fresh' });
    await until((all) => all.includes('fresh'));
    await stream.close();
    expect(gaps).toBe(1);
  });

  test('a connection that breaks is opened again where it was', async () => {
    const { seen, onEvent, until } = collector();
    const stream = await watchEvents(database.db, onEvent);
    await business.events.append({ type: 'one' });
    await until((all) => all.includes('one'));
    const { cursors } = (await database.connection.db
      ?.admin()
      .command({
        aggregate: 1,
        pipeline: [{ $currentOp: { idleCursors: true } }, { $match: { 'cursor.tailable': true, ns: { $regex: `^${database.connection.name}\\.` } } }],
        cursor: {},
      })
      .then(({ cursor }) => ({ cursors: cursor.firstBatch as { cursor: { cursorId: unknown } }[] }))) ?? { cursors: [] };
    expect(cursors.length).toBeGreaterThan(0);
    await database.connection.db?.command({ killCursors: 'events', cursors: cursors.map(({ cursor }) => cursor.cursorId) });
    await business.events.append({ type: 'two' });
    await until((all) => all.includes('two'));
    await stream.close();
    expect(seen.map(({ event }) => event.type)).toEqual(['one', 'two']);
  });
});
