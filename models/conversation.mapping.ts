import type { AssistantMemory } from '#domain/assistant/assistant.port';
import type { Owner } from '#domain/conversations/owner';
import { ASSISTANT } from '#domain/conversations/owner';
import type { BusinessId, ConversationId, CustomerId, MemberId } from '#domain/ids';
import type { SealedPlace, Vault } from '#platform/crypto/vault';
import { ERASED } from '#platform/crypto/vault';
import type { ConversationRow } from './conversation.model.ts';
import { CONVERSATIONS } from './conversation.model.ts';
import type { Conversation } from './conversation.ts';

type SealedField = 'customerAddress' | 'businessAddress' | 'memory' | 'preview';

export const conversationPlace = (row: Pick<ConversationRow, '_id' | 'businessId' | 'customerId'>, field: SealedField): SealedPlace => ({
  businessId: row.businessId as BusinessId,
  customerId: row.customerId as CustomerId,
  collection: CONVERSATIONS,
  id: row._id,
  field,
});

export async function openConversation(vault: Vault, row: ConversationRow): Promise<Conversation> {
  const open = async (field: SealedField): Promise<string | undefined> =>
    row[field] === undefined ? undefined : vault.open(row[field], conversationPlace(row, field));
  const [customerAddress, businessAddress, memory, preview] = await Promise.all([
    open('customerAddress'),
    open('businessAddress'),
    open('memory'),
    open('preview'),
  ]);
  return {
    id: row._id as ConversationId,
    businessId: row.businessId as BusinessId,
    customerId: row.customerId as CustomerId,
    channel: row.channel,
    customerAddress: customerAddress ?? '',
    businessAddress: businessAddress ?? '',
    status: row.status,
    owner: ownerOf(row),
    ...(row.contextFrom && { contextFrom: row.contextFrom }),
    ...(row.sessionEndsAt && { sessionEndsAt: row.sessionEndsAt }),
    memory: memory === undefined || memory === ERASED ? {} : (JSON.parse(memory) as AssistantMemory),
    ...(row.language !== undefined && { language: row.language }),
    ...(row.lastInboundAt && { lastInboundAt: row.lastInboundAt }),
    lastMessageAt: row.lastMessageAt,
    preview: preview === undefined || row.previewRole === undefined ? null : { text: preview, role: row.previewRole },
    unreadCount: row.unreadCount,
    ...(row.attention && { attention: row.attention }),
    createdAt: row.createdAt,
  };
}

function ownerOf({ owner }: ConversationRow): Owner {
  return owner.type === 'assistant' ? ASSISTANT : { type: 'member', memberId: (owner.memberId ?? null) as MemberId | null, sinceMs: owner.sinceMs ?? 0 };
}
