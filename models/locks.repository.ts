import { randomUUID } from 'node:crypto';
import { isDuplicateKey } from '#platform/mongo/duplicate-key';
import type { Models } from './models.ts';

export interface HeldLock {
  /** Extends the lock by its time; false when it was lost. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

export interface LocksRepository {
  /** null: somebody else holds it. A holder that vanished loses it after `ttlMs`, by MongoDB's clock. */
  acquire(name: string, ttlMs: number): Promise<HeldLock | null>;
}

export function createLocksRepository(db: Pick<Models, 'locks'>): LocksRepository {
  const until = (ttlMs: number) => ({ $add: ['$$NOW', ttlMs] });

  return {
    async acquire(name, ttlMs) {
      const holder = randomUUID();
      const isFree = { $lt: [{ $ifNull: ['$until', new Date(0)] }, '$$NOW'] };
      const stage = { $set: { holder: { $cond: [isFree, holder, '$holder'] }, until: { $cond: [isFree, until(ttlMs), '$until'] } } };
      try {
        const row = await db.locks.findOneAndUpdate({ _id: name }, [stage], { upsert: true, updatePipeline: true, returnDocument: 'after' }).lean();
        if (row.holder !== holder) return null;
      } catch (thrown) {
        // Two processes made the row at once; the other was first.
        if (isDuplicateKey(thrown)) return null;
        throw thrown;
      }
      return {
        async renew() {
          const result = await db.locks.updateOne({ _id: name, holder }, [{ $set: { until: until(ttlMs) } }], { updatePipeline: true });
          return result.matchedCount === 1;
        },
        async release() {
          await db.locks.deleteOne({ _id: name, holder });
        },
      };
    },
  };
}
