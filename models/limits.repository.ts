import { createHash } from 'node:crypto';
import type { PipelineStage } from 'mongoose';
import { PLATFORM } from '#platform/crypto/key-ring';
import { isDuplicateKey } from '#platform/mongo/duplicate-key';
import type { LimitRow } from './limit.model.ts';
import type { SystemScope } from './scope.ts';

/** Counters and paced lines shared by all processes; MongoDB's clock decides. Keys are hashed before they are stored. */
export interface LimitsRepository {
  /** Counts one hit in the current window; a `member` (a MessageSid) that was counted in it already is not counted again. */
  hit(key: string, input: { windowMs: number; member?: string }): Promise<{ count: number; repeated: boolean; resetsInMs: number }>;
  /** Takes the next place in line of a paced sender and says how long to wait for it. After a pause, `burst` go at once. */
  reserve(key: string, input: { perSecond: number; burst: number }): Promise<{ waitMs: number }>;
}

type SetStage = PipelineStage.Set;

/** Past this many in one window it no longer matters which: the limit is far behind. */
const MOST_MEMBERS = 1_000;
const MINUTE_MS = 60_000;

export function createLimitsRepository({ db, vault }: Pick<SystemScope, 'db' | 'vault'>): LimitsRepository {
  const idOf = (key: string): Promise<string> => vault.blindIndex(PLATFORM, 'limit', key);

  /** Atomic, and at most one repetition: two processes may meet at the first hit of a key. Lost counts are cheap, so the primary's word is enough. */
  const change = async (_id: string, stage: SetStage): Promise<LimitRow> => {
    const run = () =>
      db.limits
        .findOneAndUpdate({ _id }, [stage], { upsert: true, updatePipeline: true, returnDocument: 'after', writeConcern: { w: 1, journal: false } })
        .lean();
    try {
      return await run();
    } catch (thrown) {
      if (!isDuplicateKey(thrown)) throw thrown;
      return run();
    }
  };

  return {
    async hit(key, { windowMs, member }) {
      const isOpen = { $gt: ['$expiresAt', '$$NOW'] };
      const members = { $cond: [isOpen, { $ifNull: ['$members', []] }, []] };
      const short = member === undefined ? undefined : createHash('sha256').update(member).digest('base64url').slice(0, 16);
      const repeated = short === undefined ? { $literal: false } : { $in: [short, members] };
      const mayGrow = { $and: [{ $not: [repeated] }, { $lt: [{ $size: members }, MOST_MEMBERS] }] };
      const row = await change(await idOf(key), {
        $set: {
          at: '$$NOW',
          expiresAt: { $cond: [isOpen, '$expiresAt', { $add: ['$$NOW', windowMs] }] },
          count: { $add: [{ $cond: [isOpen, { $ifNull: ['$count', 0] }, 0] }, { $cond: [repeated, 0, 1] }] },
          repeated,
          ...(short !== undefined && { members: { $cond: [mayGrow, { $concatArrays: [members, [short]] }, members] } }),
        },
      });
      return { count: row.count ?? 1, repeated: row.repeated ?? false, resetsInMs: row.expiresAt.getTime() - (row.at ?? row.expiresAt).getTime() };
    },

    async reserve(key, { perSecond, burst }) {
      const gapMs = 1_000 / perSecond;
      // A place is `gap` after the one before it; an idle sender saves up places, but no more than a burst of them.
      const earliest = { $subtract: ['$$NOW', Math.max(0, burst - 1) * gapMs] };
      const mine = { $max: [{ $add: [{ $ifNull: ['$nextAt', earliest] }, 0] }, earliest] };
      const row = await change(await idOf(key), {
        $set: { at: '$$NOW', nextAt: { $add: [mine, gapMs] }, expiresAt: { $add: [{ $max: [mine, '$$NOW'] }, MINUTE_MS] } },
      });
      const mineMs = (row.nextAt ?? row.expiresAt).getTime() - gapMs;
      return { waitMs: Math.max(0, Math.ceil(mineMs - (row.at ?? row.expiresAt).getTime())) };
    },
  };
}
