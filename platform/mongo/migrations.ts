import { setTimeout as pause } from 'node:timers/promises';

/** One change of the database. Must be safe to run twice: a process may die after doing it and before saying so. */
export interface Migration<Database> {
  /** `0001-what-it-does`; sorts in the order of running. */
  id: string;
  run(database: Database): Promise<void>;
}

/** What a run needs to know of what ran before. */
export interface MigrationRecords {
  applied(): Promise<Set<string>>;
  record(id: string, ms: number): Promise<void>;
}

export interface MigrationLock {
  /** null while another process migrates. */
  acquire(): Promise<{ renew(): Promise<boolean>; release(): Promise<void> } | null>;
}

export interface MigrationRun<Database> {
  database: Database;
  migrations: readonly Migration<Database>[];
  records: MigrationRecords;
  lock: MigrationLock;
  /** Done at the end of every run, changed or not: index builds. */
  finish: (database: Database) => Promise<void>;
  renewEveryMs?: number;
  waitMs?: number;
}

const RENEW_EVERY_MS = 10_000;
const WAIT_MS = 250;

/**
 * Runs what has not run yet, in order, one process at a time; the others wait and then find it done. Returns the ids that ran here.
 * @throws whatever a migration throws: a process whose database is not ready must not serve.
 */
export async function runMigrations<Database>(run: MigrationRun<Database>): Promise<string[]> {
  const held = await untilOurTurn(run);
  const renewal = setInterval(() => void held.renew().catch(() => false), run.renewEveryMs ?? RENEW_EVERY_MS);
  try {
    const applied = await run.records.applied();
    const missing = run.migrations.filter(({ id }) => !applied.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const migration of missing) {
      const startedAtMs = performance.now();
      await migration.run(run.database);
      await run.records.record(migration.id, Math.round(performance.now() - startedAtMs));
    }
    await run.finish(run.database);
    return missing.map(({ id }) => id);
  } finally {
    clearInterval(renewal);
    await held.release();
  }
}

async function untilOurTurn({ lock, waitMs = WAIT_MS }: Pick<MigrationRun<never>, 'lock' | 'waitMs'>) {
  for (;;) {
    const held = await lock.acquire();
    if (held) return held;
    await pause(waitMs);
  }
}
