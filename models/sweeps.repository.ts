import { trusted } from 'mongoose';
import type { BusinessId, ConversationId, OutboundId } from '#domain/ids';
import type { DeliveryState } from '#domain/messages/delivery';
import type { MessageRow } from './message.model.ts';
import { UNSETTLED } from './message.model.ts';
import { unscoped } from './plugins/business-scope.plugin.ts';
import type { SystemScope } from './scope.ts';

export interface OutboundPointer {
  businessId: BusinessId;
  conversationId: ConversationId;
  outboundId: OutboundId;
  state: DeliveryState;
}

/** Bounded looks across all businesses; ids only, the work is then done by each business's own repositories. */
export interface Sweeps {
  /** Longest ended first. */
  expiredSessions(now: Date, limit: number): Promise<{ businessId: BusinessId; conversationId: ConversationId }[]>;
  /** Outbound rows in planned, attempting or unknown that have not moved for `olderThanMs`. */
  unsettledMessages(input: { olderThanMs: number; limit: number }): Promise<OutboundPointer[]>;
  parkedMessagesDue(now: Date, limit: number): Promise<OutboundPointer[]>;
}

const POINTER = { businessId: 1, conversationId: 1, delivery: 1 } as const;

export function createSweeps({ db, clock }: SystemScope): Sweeps {
  return {
    async expiredSessions(now, limit) {
      const rows = await db.conversations
        .find({ sessionEndsAt: trusted({ $lte: now }) }, { businessId: 1 })
        .setOptions(unscoped('sweeps.expiredSessions'))
        .sort({ sessionEndsAt: 1 })
        .limit(limit)
        .lean();
      return rows.map((row) => ({ businessId: row.businessId as BusinessId, conversationId: row._id as ConversationId }));
    },

    async unsettledMessages({ olderThanMs, limit }) {
      const before = new Date(clock.nowMs() - olderThanMs);
      const rows = await db.messages
        .find({ 'delivery.state': trusted({ $in: [...UNSETTLED] }), 'delivery.changedAt': trusted({ $lte: before }) }, POINTER)
        .setOptions(unscoped('sweeps.unsettledMessages'))
        .limit(limit)
        .lean<MessageRow[]>();
      return rows.map(pointerTo);
    },

    async parkedMessagesDue(now, limit) {
      const rows = await db.messages
        .find({ 'delivery.state': 'parked', 'delivery.nextTryAt': trusted({ $lte: now }) }, POINTER)
        .setOptions(unscoped('sweeps.parkedMessagesDue'))
        .sort({ 'delivery.nextTryAt': 1 })
        .limit(limit)
        .lean<MessageRow[]>();
      return rows.map(pointerTo);
    },
  };
}

const pointerTo = (row: MessageRow): OutboundPointer => ({
  businessId: row.businessId as BusinessId,
  conversationId: row.conversationId as ConversationId,
  outboundId: row._id as OutboundId,
  state: row.delivery?.state ?? 'planned',
});
