import type { Reply } from '#domain/assistant/assistant.port';
import type { BusinessId, ConversationId, CustomerId, TurnId } from '#domain/ids';
import type { SealedPlace } from '#platform/crypto/vault';
import { ERASED } from '#platform/crypto/vault';
import { isDuplicateKey } from '#platform/mongo/duplicate-key';
import { daysAfter } from './retention.ts';
import type { RepositoryScope } from './scope.ts';
import type { TurnRow } from './turn.model.ts';
import { TURNS } from './turn.model.ts';

export interface Turn {
  turnId: TurnId;
  conversationId: ConversationId;
  customerId: CustomerId;
  /** The customer's messages it answers, by messageId. */
  messageIds: string[];
  reply: Reply;
}

export type StoredTurn = Turn & { createdAt: Date };

export interface TurnsRepository {
  /** The first reply stored for a turn wins: what is returned is what counts, whoever wrote it. */
  saveIfAbsent(turn: Turn): Promise<StoredTurn>;
  /** null also when the customer was erased. */
  get(turnId: TurnId): Promise<StoredTurn | null>;
  /** Newest first. */
  listByConversation(conversationId: ConversationId, limit: number): Promise<StoredTurn[]>;
}

const replyPlace = (row: Pick<TurnRow, '_id' | 'businessId' | 'customerId'>): SealedPlace => ({
  businessId: row.businessId as BusinessId,
  customerId: row.customerId as CustomerId,
  collection: TURNS,
  id: row._id,
  field: 'reply',
});

export function createTurnsRepository({ businessId, db, vault, clock, retention }: RepositoryScope): TurnsRepository {
  const open = async (row: TurnRow): Promise<StoredTurn | null> => {
    const reply = await vault.open(row.reply, replyPlace(row));
    if (reply === ERASED) return null;
    return {
      turnId: row._id as TurnId,
      conversationId: row.conversationId as ConversationId,
      customerId: row.customerId as CustomerId,
      messageIds: row.messageIds,
      reply: JSON.parse(reply) as Reply,
      createdAt: row.createdAt,
    };
  };

  const get = async (turnId: TurnId): Promise<StoredTurn | null> => {
    const row = await db.turns.findOne({ businessId, _id: turnId }).lean();
    return row && open(row);
  };

  return {
    async saveIfAbsent({ turnId, conversationId, customerId, messageIds, reply }) {
      const createdAt = clock.now();
      const key = { _id: turnId as string, businessId, customerId };
      const sealed = await vault.seal(JSON.stringify(reply), replyPlace(key));
      const row: TurnRow = { ...key, conversationId, messageIds, reply: sealed, createdAt, expiresAt: daysAfter(createdAt, retention.turnDays) };
      try {
        await db.turns.insertMany([row], { throwOnValidationError: true });
        return { turnId, conversationId, customerId, messageIds, reply, createdAt };
      } catch (thrown) {
        const first = isDuplicateKey(thrown) ? await get(turnId) : null;
        if (!first) throw thrown;
        return first;
      }
    },

    get,

    async listByConversation(conversationId, limit) {
      const rows = await db.turns.find({ businessId, conversationId }).sort({ createdAt: -1 }).limit(limit).lean();
      return (await Promise.all(rows.map(open))).filter((turn) => turn !== null);
    },
  };
}
