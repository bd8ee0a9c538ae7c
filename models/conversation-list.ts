import type { QueryFilter } from 'mongoose';
import { trusted } from 'mongoose';
import type { Channel } from '#domain/channel';
import type { Owner } from '#domain/conversations/owner';
import type { CustomerId } from '#domain/ids';
import { decodeCursor, encodeCursor } from '#platform/mongo/cursor';
import { openConversation } from './conversation.mapping.ts';
import type { ConversationRow } from './conversation.model.ts';
import type { Conversation } from './conversation.ts';
import type { RepositoryScope } from './scope.ts';

export interface ConversationFilter {
  cursor?: string;
  limit: number;
  status?: Conversation['status'];
  channel?: Channel;
  owner?: Owner['type'];
  unread?: boolean;
  needsAttention?: boolean;
  /** Only these customers' conversations: how a search by phone, e-mail or name narrows the list. */
  customerIds?: readonly CustomerId[];
}

export interface ConversationPage {
  items: Conversation[];
  nextCursor: string | null;
}

/** Pages through one business's conversations, newest activity first; equal moments are told apart by id. */
export function createConversationList({ businessId, db, vault }: RepositoryScope): (filter: ConversationFilter) => Promise<ConversationPage> {
  return async ({ cursor, limit, ...wanted }) => {
    const rows = await db.conversations
      .find({ businessId, ...conditionsOf(wanted), ...(cursor !== undefined && after(cursor)) })
      .sort({ lastMessageAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean();
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      items: await Promise.all(page.map((row) => openConversation(vault, row))),
      nextCursor: last ? encodeCursor({ at: last.lastMessageAt, id: last._id }) : null,
    };
  };
}

function conditionsOf({
  status,
  channel,
  owner,
  unread,
  needsAttention,
  customerIds,
}: Omit<ConversationFilter, 'cursor' | 'limit'>): QueryFilter<ConversationRow> {
  return {
    ...(status && { status }),
    ...(channel && { channel }),
    ...(owner && { 'owner.type': owner }),
    ...(unread !== undefined && { unreadCount: unread ? trusted({ $gt: 0 }) : 0 }),
    ...(needsAttention !== undefined && { 'attention.reason': trusted({ $exists: needsAttention }) }),
    ...(customerIds && { customerId: trusted({ $in: [...customerIds] }) }),
  };
}

function after(cursor: string): QueryFilter<ConversationRow> {
  const { at, id } = decodeCursor(cursor);
  return { $or: [{ lastMessageAt: trusted({ $lt: at }) }, { lastMessageAt: at, _id: trusted({ $lt: id }) }] };
}
