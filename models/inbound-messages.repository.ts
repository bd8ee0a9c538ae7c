import { trusted } from 'mongoose';
import type { ConversationId, CustomerId, OutboundId } from '#domain/ids';
import { inboundRowId } from '#domain/ids';
import type { CoverReason, InboundMessage } from '#domain/messages/inbound';
import { positionsPresent } from '#platform/mongo/duplicate-key';
import { sealContent } from './message.mapping.ts';
import type { MessageRow } from './message.model.ts';
import type { InboundState } from './message.ts';
import type { RepositoryScope } from './scope.ts';
import { seenSidOf } from './seen-sid.model.ts';

export interface InboundMessages {
  /**
   * Stores what is new and says of each message (by messageId) what is known; rows that exist stay as they are, ids once seen are never stored again.
   * Safe to retry: the row is written before the id counts as seen.
   */
  insertInbound(conversation: { id: ConversationId; customerId: CustomerId }, list: readonly InboundMessage[]): Promise<Map<string, InboundState>>;
  /** By messageId; an id that was never here is absent from the map. */
  states(conversationId: ConversationId, messageIds: readonly string[]): Promise<Map<string, InboundState>>;
  /** Marks messages as answered by an outbound, or as done for a reason; a message covered already keeps its first cover. Returns how many moved. */
  cover(conversationId: ConversationId, messageIds: readonly string[], by: { by: OutboundId } | { reason: CoverReason }): Promise<number>;
  /** Puts messages where Twilio says they belong in the thread. */
  alignOrder(conversationId: ConversationId, order: readonly { messageId: string; occurredAt: Date }[]): Promise<void>;
}

interface Known {
  row?: Pick<MessageRow, 'coveredBy' | 'coverReason'>;
  isSeen: boolean;
}

export function createInboundMessages(scope: RepositoryScope): InboundMessages {
  const { businessId, db, vault, clock } = scope;

  const look = async (rowIds: readonly string[]): Promise<Map<string, Known>> => {
    const sids = new Map(rowIds.map((id) => [seenSidOf(id), id]));
    const [rows, seen] = await Promise.all([
      db.messages.find({ businessId, _id: trusted({ $in: [...rowIds] }) }, { coveredBy: 1, coverReason: 1 }).lean(),
      db.seenSids.find({ businessId, _id: trusted({ $in: [...sids.keys()] }) }, { _id: 1 }).lean(),
    ]);
    const known = new Map<string, Known>(rows.map((row) => [row._id, { row, isSeen: false }]));
    for (const { _id } of seen) {
      const rowId = sids.get(_id);
      if (rowId !== undefined) known.set(rowId, { ...known.get(rowId), isSeen: true });
    }
    return known;
  };

  const rowFor = async (conversation: { id: ConversationId; customerId: CustomerId }, message: InboundMessage): Promise<MessageRow> => {
    const key = { _id: inboundRowId(conversation.id, message.messageId), businessId, customerId: conversation.customerId };
    const { media, buttonPayload, location, profileName, kind, throttledUntilMs } = message;
    const sealed = await sealContent(vault, key, message.text, {
      media,
      buttonPayload,
      location,
      profileName,
      kind,
      throttled: throttledUntilMs === undefined ? undefined : true,
    });
    return {
      ...key,
      ...sealed,
      conversationId: conversation.id,
      direction: 'inbound',
      role: 'customer',
      occurredAt: new Date(message.receivedAtMs),
      createdAt: clock.now(),
    };
  };

  return {
    async insertInbound(conversation, list) {
      const byRowId = new Map(list.map((message) => [inboundRowId(conversation.id, message.messageId), message]));
      const known = await look([...byRowId.keys()]);
      const rows = await Promise.all([...byRowId].filter(([rowId]) => !known.has(rowId)).map(([, message]) => rowFor(conversation, message)));

      const present =
        rows.length === 0 ? new Set<number>() : await positionsPresent(db.messages.insertMany(rows, { ordered: false, throwOnValidationError: true }));
      const inserted = new Set(rows.filter((_row, position) => !present.has(position)).map((row) => row._id));

      const unseen = [...byRowId.keys()].filter((rowId) => !known.get(rowId)?.isSeen);
      if (unseen.length > 0) {
        const at = clock.now();
        await positionsPresent(
          db.seenSids.insertMany(
            unseen.map((rowId) => ({ _id: seenSidOf(rowId), businessId, at })),
            { ordered: false, throwOnValidationError: true },
          ),
        );
      }
      return new Map([...byRowId].map(([rowId, { messageId }]) => [messageId, stateOf(known.get(rowId), inserted.has(rowId))]));
    },

    async states(conversationId, messageIds) {
      const known = await look(messageIds.map((messageId) => inboundRowId(conversationId, messageId)));
      const states = new Map<string, InboundState>();
      for (const messageId of messageIds) {
        const found = known.get(inboundRowId(conversationId, messageId));
        if (found) states.set(messageId, stateOf(found, false));
      }
      return states;
    },

    async cover(conversationId, messageIds, by) {
      const _id = trusted({ $in: messageIds.map((messageId) => inboundRowId(conversationId, messageId)) });
      const uncovered = { coveredBy: trusted({ $exists: false }), coverReason: trusted({ $exists: false }) };
      const result = await db.messages.updateMany({ businessId, _id, ...uncovered }, { $set: 'by' in by ? { coveredBy: by.by } : { coverReason: by.reason } });
      return result.modifiedCount;
    },

    async alignOrder(conversationId, order) {
      if (order.length === 0) return;
      await db.messages.bulkWrite(
        order.map(({ messageId, occurredAt }) => ({
          updateOne: { filter: { businessId, _id: inboundRowId(conversationId, messageId), direction: 'inbound' as const }, update: { $set: { occurredAt } } },
        })),
        { ordered: false },
      );
    },
  };
}

function stateOf(known: Known | undefined, inserted: boolean): InboundState {
  const { coveredBy, coverReason } = known?.row ?? {};
  return {
    inserted,
    // The row is there unless only its id is known.
    seen: known !== undefined && known.row === undefined,
    ...(coveredBy !== undefined && { coveredBy: coveredBy as OutboundId }),
    ...(coverReason !== undefined && { coverReason }),
  };
}
