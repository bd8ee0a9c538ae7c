import { trusted } from 'mongoose';
import type { SealedPlace } from '#platform/crypto/vault';
import { ERASED } from '#platform/crypto/vault';
import { newId } from '#platform/ids';
import { decodeCursor, encodeCursor } from '#platform/mongo/cursor';
import { daysAfter } from './retention.ts';
import type { RepositoryScope } from './scope.ts';
import type { WebhookLogRow } from './webhook-log.model.ts';
import { WEBHOOK_LOG } from './webhook-log.model.ts';

/** A verified webhook; `headers` and `body` come masked from the caller and are sealed besides. */
export interface WebhookEntry {
  path: string;
  headers: Record<string, string>;
  body: Record<string, string>;
  status: number;
  /** How long answering took. */
  ms: number;
  accountSid: string;
  messageSid?: string;
  verified: true;
}

export type StoredWebhookEntry = WebhookEntry & { id: string; at: Date };

export interface WebhookLogRepository {
  /** Not on anybody's critical path: acknowledged by the primary alone. */
  record(entry: WebhookEntry): Promise<void>;
  /** Newest first. @throws Failure invalid `cursor.invalid` */
  list(input: { cursor?: string; limit: number }): Promise<{ items: StoredWebhookEntry[]; nextCursor: string | null }>;
}

export function createWebhookLogRepository({ businessId, db, vault, clock, retention }: RepositoryScope): WebhookLogRepository {
  const place = (id: string): SealedPlace => ({ businessId, collection: WEBHOOK_LOG, id, field: 'detail' });

  const open = async (row: WebhookLogRow): Promise<StoredWebhookEntry> => {
    const detail = await vault.open(row.detail, place(row._id));
    const { headers, body } = detail === ERASED ? { headers: {}, body: {} } : (JSON.parse(detail) as Pick<WebhookEntry, 'headers' | 'body'>);
    const { path, status, ms, accountSid, messageSid, at } = row;
    return { id: row._id, path, headers, body, status, ms, accountSid, ...(messageSid !== undefined && { messageSid }), verified: true, at };
  };

  return {
    async record({ headers, body, ...facts }) {
      const id = newId('log');
      const at = clock.now();
      const detail = await vault.seal(JSON.stringify({ headers, body }), place(id));
      const row = { ...facts, _id: id, businessId, detail, at, expiresAt: daysAfter(at, retention.webhookLogDays) };
      await db.webhookLog.bulkWrite([{ insertOne: { document: row } }], { writeConcern: { w: 1, journal: false }, throwOnValidationError: true });
    },

    async list({ cursor, limit }) {
      const query = db.webhookLog.find({ businessId });
      if (cursor !== undefined) {
        const { at, id } = decodeCursor(cursor);
        query.and([{ $or: [{ at: trusted({ $lt: at }) }, { at, _id: trusted({ $lt: id }) }] }]);
      }
      const rows = await query
        .sort({ at: -1, _id: -1 })
        .limit(limit + 1)
        .lean();
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return { items: await Promise.all(page.map(open)), nextCursor: last ? encodeCursor({ at: last.at, id: last._id }) : null };
    },
  };
}
