import { createHash } from 'node:crypto';
import type { Channel } from '#domain/channel';
import type { BusinessId } from '#domain/ids';
import type { InboundMessage } from '#domain/messages/inbound';
import type { SealedPlace } from '#platform/crypto/vault';
import { ERASED } from '#platform/crypto/vault';
import { isDuplicateKey } from '#platform/mongo/duplicate-key';
import type { ParkedInboundRow } from './parked-inbound.model.ts';
import { PARKED_INBOUND } from './parked-inbound.model.ts';
import { unscoped } from './plugins/business-scope.plugin.ts';
import { daysAfter } from './retention.ts';
import type { SystemScope } from './scope.ts';

/** A customer's message that waits in MongoDB because Temporal did not answer in time. */
export interface ParkedInbound {
  businessId: BusinessId;
  channel: Channel;
  customerAddress: string;
  businessAddress: string;
  message: InboundMessage;
}

export type TakenInbound = ParkedInbound & { id: string; parkedAt: Date };

export interface ParkedInboundRepository {
  /** One round trip, durable (majority, journal) when it returns; parking the same message again changes nothing. */
  park(inbound: ParkedInbound): Promise<{ id: string }>;
  /** Oldest first; they stay parked until removed. */
  take(limit: number): Promise<TakenInbound[]>;
  remove(id: string): Promise<void>;
  /** From the collection's own statistics: cheap, and exact enough for a gauge. */
  count(): Promise<number>;
}

/** Long past any answer being of use; the sweep empties this collection within minutes. */
const KEPT_DAYS = 30;

export function createParkedInboundRepository({ db, vault, clock }: SystemScope): ParkedInboundRepository {
  const place = (businessId: BusinessId, id: string): SealedPlace => ({ businessId, collection: PARKED_INBOUND, id, field: 'envelope' });

  return {
    async park({ businessId, ...envelope }) {
      const _id = idOf(businessId, envelope);
      const parkedAt = clock.now();
      const sealed = await vault.seal(JSON.stringify(envelope), place(businessId, _id));
      const row: ParkedInboundRow = { _id, businessId, envelope: sealed, parkedAt, expiresAt: daysAfter(parkedAt, KEPT_DAYS) };
      try {
        await db.parkedInbound.insertMany([row], { throwOnValidationError: true });
      } catch (thrown) {
        if (!isDuplicateKey(thrown)) throw thrown;
      }
      return { id: _id };
    },

    async take(limit) {
      const rows = await db.parkedInbound.find().setOptions(unscoped('parked.sweep')).sort({ parkedAt: 1, _id: 1 }).limit(limit).lean();
      const taken = await Promise.all(
        rows.map(async (row): Promise<TakenInbound | undefined> => {
          const businessId = row.businessId as BusinessId;
          const envelope = await vault.open(row.envelope, place(businessId, row._id));
          // The business was erased: nobody is left to answer for.
          if (envelope === ERASED) return undefined;
          return { ...(JSON.parse(envelope) as Omit<ParkedInbound, 'businessId'>), businessId, id: row._id, parkedAt: row.parkedAt };
        }),
      );
      return taken.filter((inbound) => inbound !== undefined);
    },

    async remove(id) {
      await db.parkedInbound.deleteOne({ _id: id }).setOptions(unscoped('parked.sweep'));
    },

    count: () => db.parkedInbound.estimatedDocumentCount().setOptions(unscoped('parked.sweep')).exec(),
  };
}

/** The message's id within its conversation, hashed: 132 bits that say nothing of either address. */
function idOf(businessId: BusinessId, { channel, customerAddress, businessAddress, message }: Omit<ParkedInbound, 'businessId'>): string {
  const whole = JSON.stringify([businessId, channel, customerAddress, businessAddress, message.messageId]);
  return createHash('sha256').update(whole).digest('base64url').slice(0, 22);
}
