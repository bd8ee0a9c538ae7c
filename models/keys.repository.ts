import { trusted } from 'mongoose';
import type { Clock } from '#platform/clock';
import { systemClock } from '#platform/clock';
import { parseKeyId } from '#platform/crypto/key-id';
import type { KeyStore, WrappedKey } from '#platform/crypto/key-store.port';
import { positionsPresent } from '#platform/mongo/duplicate-key';
import type { KeyRow } from './key.model.ts';
import type { Models } from './models.ts';
import { unscoped } from './plugins/business-scope.plugin.ts';

/** Wrapped keys in MongoDB. A destroyed key keeps its row, emptied, so that no late process makes it again. */
export function createKeyStore(db: Models, clock: Clock = systemClock): KeyStore {
  const load: KeyStore['load'] = async (businessId, ids) => {
    const rows = await db.keys.find({ businessId, _id: trusted({ $in: [...ids] }) }).lean();
    return rows.map(wrappedKeyOf);
  };

  return {
    load,

    async insertIfAbsent(keys) {
      const [first] = keys;
      if (!first) return [];
      const createdAt = clock.now();
      const rows = keys.map(({ id, businessId, wrapped }): KeyRow => ({ _id: id, businessId, wrapped, createdAt, ...weekOf(id) }));
      const present = await positionsPresent(db.keys.insertMany(rows, { ordered: false, throwOnValidationError: true }));
      // Whoever was first has the key that counts, so ours is read back only where we lost.
      const lost = keys.filter((_key, position) => present.has(position));
      const theirs =
        lost.length > 0
          ? await load(
              first.businessId,
              lost.map(({ id }) => id),
            )
          : [];
      return [...keys.filter((_key, position) => !present.has(position)), ...theirs];
    },

    async destroy(businessId, id) {
      const at = clock.now();
      await db.keys.updateOne(
        { businessId, _id: id },
        { $set: { wrapped: '', destroyedAt: at }, $setOnInsert: { createdAt: at, ...weekOf(id) } },
        { upsert: true },
      );
    },

    async rewrap(key, previousWrapped) {
      const result = await db.keys.updateOne({ businessId: key.businessId, _id: key.id, wrapped: previousWrapped }, { $set: { wrapped: key.wrapped } });
      return result.modifiedCount === 1;
    },

    async listRootWrapped(afterId, limit) {
      const rows = await db.keys
        .find({ _id: trusted({ $gt: afterId }), wrapped: trusted({ $gte: 'r-', $lt: 'r.' }) })
        .setOptions(unscoped('keys.rotate'))
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return rows.map(wrappedKeyOf);
    },

    async destroyEpochsBefore(isoWeek) {
      const result = await db.keys
        .updateMany({ week: trusted({ $lt: isoWeek }), wrapped: trusted({ $ne: '' }) }, { $set: { wrapped: '', destroyedAt: clock.now() } })
        .setOptions(unscoped('keys.destroyEpochs'));
      return result.modifiedCount;
    },
  };
}

const wrappedKeyOf = (row: KeyRow): WrappedKey => ({ id: row._id, businessId: row.businessId, wrapped: row.wrapped });

const weekOf = (id: string): { week?: string } => (parseKeyId(id)?.kind === 'epoch' ? { week: id.slice(id.lastIndexOf(':') + 1) } : {});
