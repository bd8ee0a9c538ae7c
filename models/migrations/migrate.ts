import type { Model } from 'mongoose';
import type { Clock } from '#platform/clock';
import type { Migration } from '#platform/mongo/migrations';
import { runMigrations } from '#platform/mongo/migrations';
import { createLocksRepository } from '../locks.repository.ts';
import type { Models } from '../models.ts';
import { createCollections } from './0001-create-collections.ts';

/** In the order of their numbers; never edit one that was released, add another. */
const MIGRATIONS: readonly Migration<Models>[] = [createCollections];

const LOCK_MS = 60_000;

export interface MigrateOptions {
  clock: Clock;
  log?: { info(facts: object, message: string): void };
}

/** Brings the database up to date: missing migrations, then missing indexes. Safe from any number of processes at once; returns when it is done. */
export async function migrate(db: Models, { clock, log }: MigrateOptions): Promise<void> {
  const locks = createLocksRepository(db);
  const ran = await runMigrations({
    database: db,
    migrations: MIGRATIONS,
    lock: { acquire: () => locks.acquire('migrations', LOCK_MS) },
    records: {
      applied: async () => new Set((await db.migrations.find().lean()).map(({ _id }) => _id)),
      async record(id, ms) {
        await db.migrations.updateOne({ _id: id }, { $set: { appliedAt: clock.now(), ms } }, { upsert: true });
      },
    },
    finish: buildIndexes,
  });
  if (ran.length > 0) log?.info({ migrations: ran }, 'the database was brought up to date');
}

/** Builds what is missing and drops nothing: an index somebody added by hand is theirs. */
async function buildIndexes(db: Models): Promise<void> {
  for (const model of modelsOf(db)) await model.createIndexes();
}

/** Every model of a database. */
export const modelsOf = ({ connection: _connection, ...models }: Models): Model<unknown>[] => Object.values(models) as unknown as Model<unknown>[];
