import type { QueryFilter, UpdateQuery } from 'mongoose';
import { trusted } from 'mongoose';
import type { OutboundId } from '#domain/ids';
import type { MessageStatus } from '#domain/messages/status';
import { statusRank } from '#domain/messages/status';
import { isDuplicateKey } from '#platform/mongo/duplicate-key';
import { openMessage } from './message.mapping.ts';
import type { MessageRow } from './message.model.ts';
import type { Message } from './message.ts';
import type { RepositoryScope } from './scope.ts';

export interface StatusOutcome {
  /** This call changed the row. */
  moved: boolean;
  /** null: no row of this business has that sid or id. */
  message: Message | null;
  /** The row named by the callback holds another sid: Twilio accepted the same message twice. */
  duplicate: boolean;
}

export interface MessageStatuses {
  /** Forward only. A callback for a row whose outcome is not known proves that Twilio accepted it. Safe to repeat and reorder. */
  recordStatus(input: { outboundId?: OutboundId; sid: string; status: MessageStatus; errorCode?: number; at: Date }): Promise<StatusOutcome>;
  /** The sids among these that some row already holds. */
  claimedSids(sids: readonly string[]): Promise<Set<string>>;
}

const HISTORY_KEPT = 20;

export function createMessageStatuses(scope: RepositoryScope): MessageStatuses {
  const { businessId, db, vault, clock } = scope;

  return {
    async recordStatus({ outboundId, sid, status, errorCode, at }) {
      const rank = statusRank(status);
      const forward = { businessId, statusRank: trusted({ $not: { $gte: rank } }) };
      const update: UpdateQuery<MessageRow> = {
        $set: {
          status,
          statusRank: rank,
          'delivery.state': 'accepted',
          'delivery.sid': sid,
          'delivery.changedAt': clock.now(),
          ...(errorCode !== undefined && { 'delivery.errorCode': errorCode }),
        },
        $push: { statusHistory: { $each: [{ status, at, ...(errorCode !== undefined && { errorCode }) }], $slice: -HISTORY_KEPT } },
        $unset: { 'delivery.lease': 1, 'delivery.leaseUntil': 1, 'delivery.unproven': 1, 'delivery.waitsFor': 1, 'delivery.nextTryAt': 1 },
      };
      const moveOne = (filter: QueryFilter<MessageRow>): Promise<MessageRow | null> =>
        db.messages
          .findOneAndUpdate({ ...forward, ...filter }, update, { returnDocument: 'after' })
          .lean<MessageRow | null>()
          .exec();

      const namedRow = async (): Promise<MessageRow | null> => {
        if (outboundId === undefined) return null;
        // Tried at least once and paired with no other send: then this callback is the answer that went missing.
        const unpaired = {
          'delivery.sid': trusted({ $exists: false }),
          'delivery.attemptedAt': trusted({ $exists: true }),
          'delivery.earlierSids': trusted({ $ne: sid }),
        };
        try {
          return await moveOne({ _id: outboundId, $or: [{ 'delivery.sid': sid }, unpaired] });
        } catch (thrown) {
          // A look at Twilio's list has paired this sid with a row of the same text; it stays with that row.
          if (isDuplicateKey(thrown)) return null;
          throw thrown;
        }
      };

      const moved = (await namedRow()) ?? (await moveOne({ 'delivery.sid': sid }));
      if (moved) return { moved: true, message: await openMessage(vault, moved), duplicate: false };

      const holders = await db.messages.find({ businessId, $or: [{ 'delivery.sid': sid }, ...(outboundId === undefined ? [] : [{ _id: outboundId }])] }).lean();
      const holder = holders.find((row) => row.delivery?.sid === sid);
      const row = holder ?? holders[0];
      const isOther = holder === undefined && row?.delivery?.sid !== undefined && !row.delivery.earlierSids?.includes(sid);
      return { moved: false, message: row ? await openMessage(vault, row) : null, duplicate: isOther };
    },

    async claimedSids(sids) {
      const rows = await db.messages.find({ businessId, 'delivery.sid': trusted({ $in: [...sids] }) }, { delivery: 1 }).lean();
      return new Set(rows.flatMap((row) => row.delivery?.sid ?? []));
    },
  };
}
