import { migrate, modelsOf } from '#models/migrations/migrate';
import { createModels } from '#models/models';
import { systemClock } from '#platform/clock';
import { connectMongo } from '#platform/mongo/connection';
import { testMongoUri } from '#test/support/mongo';
import { unique } from '../conversation.builder.ts';

const opened: Awaited<ReturnType<typeof connectMongo>>[] = [];
const open = async (name: string) => {
  const connection = await connectMongo(testMongoUri(name), { appName: 'test migrate', serverSelectionTimeoutMs: 10_000, maxPoolSize: 5 });
  opened.push(connection);
  return createModels(connection);
};
const freshName = () => `test-migrate-${unique()}`;
afterAll(async () => {
  for (const connection of opened) {
    await connection.dropDatabase();
    await connection.close();
  }
});

/** Name and keys of every index there is, per collection. */
async function indexesOf(db: Awaited<ReturnType<typeof open>>) {
  const all: Record<string, unknown> = {};
  for (const model of modelsOf(db))
    all[model.collection.name] = (await model.collection.indexes())
      .map(({ name, key, unique: isUnique, expireAfterSeconds }) => ({ name, key, isUnique, expireAfterSeconds }))
      .sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
  return all;
}

test('several processes that start at once leave one finished database, and each waits until it is', async () => {
  const name = freshName();
  const processes = await Promise.all([open(name), open(name), open(name)]);
  await Promise.all(processes.map((db) => migrate(db, { clock: systemClock })));
  const [db] = processes;
  if (!db) throw new Error('no process');
  expect((await db.migrations.find().lean()).map(({ _id }) => _id)).toEqual(['0001-create-collections']);
  for (const model of modelsOf(db)) {
    const declared = model.schema.indexes().length;
    expect({ collection: model.collection.name, indexes: (await model.collection.indexes()).length }).toEqual({
      collection: model.collection.name,
      indexes: declared + 1,
    });
  }
  expect(await db.locks.countDocuments()).toBe(0);
});

test('migrating again changes nothing, and an index somebody added by hand stays', async () => {
  const db = await open(freshName());
  await migrate(db, { clock: systemClock });
  await db.messages.collection.createIndex({ role: 1 }, { name: 'by-hand' });
  const before = await indexesOf(db);
  await migrate(db, { clock: systemClock });
  expect(await indexesOf(db)).toEqual(before);
});

test('a process that died after a migration and before saying so does no harm: it runs again', async () => {
  const db = await open(freshName());
  await migrate(db, { clock: systemClock });
  await db.migrations.deleteMany({});
  await migrate(db, { clock: systemClock });
  expect(await db.migrations.countDocuments()).toBe(1);
});

test('expiry: what must go by itself has an index that removes it', async () => {
  const db = await open(freshName());
  await migrate(db, { clock: systemClock });
  const expiring: string[] = [];
  for (const model of modelsOf(db)) {
    const indexes = await model.collection.indexes();
    if (indexes.some(({ key, expireAfterSeconds }) => expireAfterSeconds === 0 && 'expiresAt' in key)) expiring.push(model.collection.name);
  }
  expect(expiring.sort()).toEqual(['events', 'limits', 'parkedInbound', 'signInLinks', 'turns', 'webhookLog']);
});
