import type { QueryFilter, UpdateQuery } from 'mongoose';
import { trusted } from 'mongoose';
import type { AssistantMemory } from '#domain/assistant/assistant.port';
import type { Channel } from '#domain/channel';
import type { Owner } from '#domain/conversations/owner';
import { notFound } from '#domain/failure';
import type { ConversationId, CustomerId } from '#domain/ids';
import { isDuplicateKey } from '#platform/mongo/duplicate-key';
import { conversationPlace, openConversation } from './conversation.mapping.ts';
import type { ConversationRow } from './conversation.model.ts';
import type { AttentionReason, Conversation } from './conversation.ts';
import type { ConversationFilter, ConversationPage } from './conversation-list.ts';
import { createConversationList } from './conversation-list.ts';
import type { MessageRole } from './message.ts';
import type { RepositoryScope } from './scope.ts';

export interface ConversationsRepository {
  get(id: ConversationId): Promise<Conversation | null>;
  /** Makes the conversation on first sight; one that exists is returned as it is. Safe to retry and under concurrency. */
  ensure(input: {
    id: ConversationId;
    customerId: CustomerId;
    channel: Channel;
    customerAddress: string;
    businessAddress: string;
    at: Date;
  }): Promise<Conversation>;
  /** Newest activity first. @throws Failure invalid `cursor.invalid` */
  list(filter: ConversationFilter): Promise<ConversationPage>;
  /** Opens the conversation and counts the messages as unread, each id once however often this is repeated. @throws Failure not_found */
  noteInbound(id: ConversationId, input: { at: Date; preview: string; messageIds: readonly string[]; sessionEndsAt?: Date }): Promise<void>;
  /** @throws Failure not_found */
  noteOutbound(id: ConversationId, input: { at: Date; preview: string; role: MessageRole }): Promise<void>;
  /** @throws Failure not_found */
  setOwner(id: ConversationId, owner: Owner): Promise<void>;
  /** @throws Failure not_found */
  markRead(id: ConversationId): Promise<void>;
  /** Replaces what the assistant remembers; the language stays when none is given. @throws Failure not_found */
  setMemory(id: ConversationId, memory: AssistantMemory, language?: string): Promise<void>;
  /** The assistant forgets: context begins at `at`, memory is emptied. @throws Failure not_found */
  startContextAt(id: ConversationId, at: Date): Promise<void>;
  /** Closes the conversation and drops its context if its session has ended by `now`; false when the customer was faster. */
  endSession(id: ConversationId, now: Date): Promise<boolean>;
  /** False when the same reason was raised already. */
  raiseAttention(id: ConversationId, reason: AttentionReason): Promise<boolean>;
  /** @throws Failure not_found */
  clearAttention(id: ConversationId): Promise<void>;
}

/** More than the inbox of one burst, small enough to keep the document small. */
const COUNTED_KEPT = 32;
const RECENT_KEPT = 5_000;

export function createConversationsRepository(scope: RepositoryScope): ConversationsRepository {
  const { businessId, db, vault, clock } = scope;

  const recentCustomers = new Map<ConversationId, CustomerId>();
  const remember = (id: ConversationId, customerId: string): CustomerId => {
    if (recentCustomers.size >= RECENT_KEPT) recentCustomers.clear();
    recentCustomers.set(id, customerId as CustomerId);
    return customerId as CustomerId;
  };

  const find = async (id: ConversationId): Promise<ConversationRow | null> => {
    const row = await db.conversations.findOne({ businessId, _id: id }).lean<ConversationRow | null>().exec();
    if (row) remember(id, row.customerId);
    return row;
  };

  const change = async (id: ConversationId, update: UpdateQuery<ConversationRow>): Promise<void> => {
    const result = await db.conversations.updateOne({ businessId, _id: id }, update);
    if (result.matchedCount === 0) throw notFound('conversation');
  };

  const changeIf = async (filter: QueryFilter<ConversationRow>, update: UpdateQuery<ConversationRow>): Promise<boolean> => {
    const result = await db.conversations.updateOne({ ...filter, businessId }, update);
    return result.modifiedCount === 1;
  };

  /** What is sealed here is sealed under the customer's key; a conversation handled a moment ago costs no look-up. */
  const customerOf = async (id: ConversationId): Promise<CustomerId> => {
    const recent = recentCustomers.get(id);
    if (recent) return recent;
    const row = await db.conversations.findOne({ businessId, _id: id }, { customerId: 1 }).lean();
    if (!row) throw notFound('conversation');
    return remember(id, row.customerId);
  };
  const sealFor = async (id: ConversationId, field: 'preview' | 'memory', text: string): Promise<string> =>
    vault.seal(text, conversationPlace({ _id: id, businessId, customerId: await customerOf(id) }, field));

  /** One pipeline update: the thread's newest message is the preview, in whatever order the news arrives. */
  const noteMessage = async (id: ConversationId, input: { at: Date; preview: string; role: MessageRole }, more: Record<string, unknown>): Promise<void> => {
    const preview = await sealFor(id, 'preview', input.preview);
    const ifNewer = (value: unknown, otherwise: string) => ({ $cond: [{ $gte: [{ $literal: input.at }, '$lastMessageAt'] }, { $literal: value }, otherwise] });
    const result = await db.conversations.updateOne(
      { businessId, _id: id },
      [
        {
          $set: {
            preview: ifNewer(preview, '$preview'),
            previewRole: ifNewer(input.role, '$previewRole'),
            lastMessageAt: { $max: ['$lastMessageAt', input.at] },
            ...more,
          },
        },
      ],
      { updatePipeline: true },
    );
    if (result.matchedCount === 0) throw notFound('conversation');
  };

  return {
    async get(id) {
      const row = await find(id);
      return row && openConversation(vault, row);
    },

    async ensure({ id, customerId, channel, customerAddress, businessAddress, at }) {
      const found = await find(id);
      if (found) return openConversation(vault, found);
      const key = { _id: id as string, businessId, customerId };
      const [sealedCustomer, sealedBusiness] = await Promise.all([
        vault.seal(customerAddress, conversationPlace(key, 'customerAddress')),
        vault.seal(businessAddress, conversationPlace(key, 'businessAddress')),
      ]);
      const row: ConversationRow = {
        ...key,
        channel,
        customerAddress: sealedCustomer,
        businessAddress: sealedBusiness,
        status: 'open',
        owner: { type: 'assistant' },
        lastMessageAt: at,
        unreadCount: 0,
        createdAt: clock.now(),
      };
      try {
        await db.conversations.insertMany([row], { throwOnValidationError: true });
        remember(id, customerId);
        return await openConversation(vault, row);
      } catch (thrown) {
        const winner = isDuplicateKey(thrown) ? await find(id) : null;
        if (!winner) throw thrown;
        return openConversation(vault, winner);
      }
    },

    list: createConversationList(scope),

    noteInbound: (id, { at, preview, messageIds, sessionEndsAt }) => {
      const counted = { $ifNull: ['$counted', []] };
      const fresh = { $setDifference: [{ $literal: [...messageIds] }, counted] };
      return noteMessage(
        id,
        { at, preview, role: 'customer' },
        {
          status: 'open',
          lastInboundAt: { $max: ['$lastInboundAt', at] },
          unreadCount: { $add: ['$unreadCount', { $size: fresh }] },
          counted: { $slice: [{ $concatArrays: [counted, fresh] }, -COUNTED_KEPT] },
          ...(sessionEndsAt && { sessionEndsAt: { $max: ['$sessionEndsAt', sessionEndsAt] } }),
        },
      );
    },

    noteOutbound: (id, input) => noteMessage(id, input, {}),

    setOwner: (id, owner) => change(id, { $set: { owner } }),

    markRead: (id) => change(id, { $set: { unreadCount: 0 } }),

    async setMemory(id, memory, language) {
      const sealed = await sealFor(id, 'memory', JSON.stringify(memory));
      await change(id, { $set: { memory: sealed, ...(language !== undefined && { language }) } });
    },

    startContextAt: (id, at) => change(id, { $set: { contextFrom: at }, $unset: { memory: 1 } }),

    endSession: (id, now) =>
      changeIf({ _id: id, sessionEndsAt: trusted({ $lte: now }) }, { $set: { status: 'closed', contextFrom: now }, $unset: { sessionEndsAt: 1, memory: 1 } }),

    raiseAttention: (id, reason) =>
      changeIf({ _id: id, 'attention.reason': trusted({ $ne: reason }) }, { $set: { attention: { reason, since: clock.now() } } }),

    clearAttention: (id) => change(id, { $unset: { attention: 1 } }),
  };
}
