import { trusted } from 'mongoose';
import type { ConversationId } from '#domain/ids';
import type { DeliveryState } from '#domain/messages/delivery';
import { decodeCursor, encodeCursor } from '#platform/mongo/cursor';
import { openMessage, openMessages } from './message.mapping.ts';
import { UNSETTLED } from './message.model.ts';
import type { Message } from './message.ts';
import type { RepositoryScope } from './scope.ts';

export interface MessagePage {
  items: Message[];
  nextCursor: string | null;
}

export interface MessageThreads {
  get(id: string): Promise<Message | null>;
  /** In no particular order; ids that are not there are left out. */
  getMany(ids: readonly string[]): Promise<Message[]>;
  /** @throws Failure invalid `cursor.invalid` */
  listByConversation(input: { conversationId: ConversationId; cursor?: string; limit: number; newestFirst?: boolean }): Promise<MessagePage>;
  /** What was said between `from` and `before` (exclusive), oldest first, at most `limit` of the newest; nothing that never went out, and none of the rows in `except`. */
  contextOf(input: { conversationId: ConversationId; from?: Date; before: Date; limit: number; except?: readonly string[] }): Promise<Message[]>;
  /** Outbound rows in planned, attempting or unknown that have not moved for `olderThanMs`. */
  unsettled(input: { olderThanMs: number; limit: number }): Promise<Message[]>;
  parkedDue(now: Date, limit: number): Promise<Message[]>;
}

/** What the customer has seen, or may have. */
const WENT_OUT: DeliveryState[] = ['accepted', 'attempting', 'unknown'];

export function createMessageThreads(scope: RepositoryScope): MessageThreads {
  const { businessId, db, vault, clock } = scope;

  return {
    async get(id) {
      const row = await db.messages.findOne({ businessId, _id: id }).lean();
      return row && openMessage(vault, row);
    },

    async getMany(ids) {
      return openMessages(vault, await db.messages.find({ businessId, _id: trusted({ $in: [...ids] }) }).lean());
    },

    async listByConversation({ conversationId, cursor, limit, newestFirst = false }) {
      const direction = newestFirst ? -1 : 1;
      const filter = db.messages.find({ businessId, conversationId });
      if (cursor !== undefined) {
        const { at, id } = decodeCursor(cursor);
        const past = newestFirst ? '$lt' : '$gt';
        filter.and([{ $or: [{ occurredAt: trusted({ [past]: at }) }, { occurredAt: at, _id: trusted({ [past]: id }) }] }]);
      }
      const rows = await filter
        .sort({ occurredAt: direction, _id: direction })
        .limit(limit + 1)
        .lean();
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return { items: await openMessages(vault, page), nextCursor: last ? encodeCursor({ at: last.occurredAt, id: last._id }) : null };
    },

    async contextOf({ conversationId, from, before, limit, except = [] }) {
      const rows = await db.messages
        .find({
          businessId,
          conversationId,
          occurredAt: trusted({ $lt: before, ...(from && { $gte: from }) }),
          $or: [{ direction: 'inbound' }, { 'delivery.state': trusted({ $in: WENT_OUT }) }],
          ...(except.length > 0 && { _id: trusted({ $nin: [...except] }) }),
        })
        .sort({ occurredAt: -1, _id: -1 })
        .limit(limit)
        .lean();
      return openMessages(vault, rows.reverse());
    },

    async unsettled({ olderThanMs, limit }) {
      const rows = await db.messages
        .find({
          businessId,
          'delivery.state': trusted({ $in: [...UNSETTLED] }),
          'delivery.changedAt': trusted({ $lte: new Date(clock.nowMs() - olderThanMs) }),
        })
        .limit(limit)
        .lean();
      return openMessages(vault, rows);
    },

    async parkedDue(now, limit) {
      const rows = await db.messages
        .find({ businessId, 'delivery.state': 'parked', 'delivery.nextTryAt': trusted({ $lte: now }) })
        .sort({ 'delivery.nextTryAt': 1 })
        .limit(limit)
        .lean();
      return openMessages(vault, rows);
    },
  };
}
