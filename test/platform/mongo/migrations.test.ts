import type { MigrationRun } from '#platform/mongo/migrations';
import { runMigrations } from '#platform/mongo/migrations';

interface World {
  ran: string[];
  recorded: Set<string>;
  isLocked: boolean;
}

const aRun = (world: World, more: Partial<MigrationRun<World>> = {}): MigrationRun<World> => ({
  database: world,
  migrations: ['0002-second', '0001-first', '0003-third'].map((id) => ({ id, run: async ({ ran }) => void ran.push(id) })),
  records: { applied: async () => world.recorded, record: async (id) => void world.recorded.add(id) },
  lock: {
    async acquire() {
      if (world.isLocked) return null;
      world.isLocked = true;
      return {
        renew: async () => true,
        release: async () => {
          world.isLocked = false;
        },
      };
    },
  },
  finish: async ({ ran }) => void ran.push('finish'),
  waitMs: 1,
  ...more,
});
const aWorld = (more: Partial<World> = {}): World => ({ ran: [], recorded: new Set(), isLocked: false, ...more });

test('what has not run yet runs in the order of its numbers, and indexes come last', async () => {
  const world = aWorld({ recorded: new Set(['0001-first']) });
  expect(await runMigrations(aRun(world))).toEqual(['0002-second', '0003-third']);
  expect(world.ran).toEqual(['0002-second', '0003-third', 'finish']);
  expect(world.isLocked).toBe(false);
});

test('while another process migrates, this one waits and then finds it done', async () => {
  const world = aWorld();
  const both = await Promise.all([runMigrations(aRun(world)), runMigrations(aRun(world))]);
  expect(both.flat().sort()).toEqual(['0001-first', '0002-second', '0003-third']);
  expect(world.ran.filter((id) => id !== 'finish')).toEqual(['0001-first', '0002-second', '0003-third']);
});

test('a migration that fails stops the process, keeps what was done before it, and frees the lock', async () => {
  const world = aWorld();
  const failing = { id: '0002-second', run: async () => Promise.reject(new Error('disk full')) };
  const run = aRun(world);
  await expect(runMigrations({ ...run, migrations: [...run.migrations.filter(({ id }) => id !== failing.id), failing] })).rejects.toThrow('disk full');
  expect([...world.recorded]).toEqual(['0001-first']);
  expect(world.isLocked).toBe(false);
  expect(await runMigrations(run)).toEqual(['0002-second', '0003-third']);
});
