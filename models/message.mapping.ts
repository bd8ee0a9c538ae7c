import type { BusinessId, ConversationId, CustomerId, OutboundId, TurnId } from '#domain/ids';
import type { SealedPlace, Vault } from '#platform/crypto/vault';
import { ERASED } from '#platform/crypto/vault';
import type { DeliveryRow, MessageRow } from './message.model.ts';
import { MESSAGES } from './message.model.ts';
import type { Delivery, Message, MessageMetadata } from './message.ts';

const place = (row: Pick<MessageRow, '_id' | 'businessId' | 'customerId'>, field: string): SealedPlace => ({
  businessId: row.businessId as BusinessId,
  customerId: row.customerId as CustomerId,
  collection: MESSAGES,
  id: row._id,
  field,
});

/** The sealed fields of a row to be inserted. */
export async function sealContent(
  vault: Vault,
  row: Pick<MessageRow, '_id' | 'businessId' | 'customerId'>,
  content: string,
  metadata: MessageMetadata,
): Promise<Pick<MessageRow, 'content' | 'metadata'>> {
  const present = Object.entries(metadata).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
  const [sealedContent, sealedMetadata] = await Promise.all([
    vault.seal(content, place(row, 'content')),
    present.length > 0 ? vault.seal(JSON.stringify(Object.fromEntries(present)), place(row, 'metadata')) : undefined,
  ]);
  return { content: sealedContent, ...(sealedMetadata !== undefined && { metadata: sealedMetadata }) };
}

export async function openMessage(vault: Vault, row: MessageRow): Promise<Message> {
  const [content, metadata] = await Promise.all([
    vault.open(row.content, place(row, 'content')),
    row.metadata === undefined ? undefined : vault.open(row.metadata, place(row, 'metadata')),
  ]);
  return {
    id: row._id,
    ...(row.direction === 'inbound' && { messageId: row._id.slice(row.conversationId.length + 1) }),
    businessId: row.businessId as BusinessId,
    conversationId: row.conversationId as ConversationId,
    customerId: row.customerId as CustomerId,
    direction: row.direction,
    role: row.role,
    content,
    metadata: metadata === undefined || metadata === ERASED ? {} : (JSON.parse(metadata) as MessageMetadata),
    occurredAt: row.occurredAt,
    createdAt: row.createdAt,
    ...(row.coveredBy !== undefined && { coveredBy: row.coveredBy as OutboundId }),
    ...(row.coverReason !== undefined && { coverReason: row.coverReason }),
    ...(row.turnId !== undefined && { turnId: row.turnId as TurnId }),
    ...(row.delivery !== undefined && { delivery: deliveryOf(row.delivery) }),
    ...(row.status !== undefined && { status: row.status, statusRank: row.statusRank }),
    statusHistory: row.statusHistory ?? [],
  };
}

export const openMessages = (vault: Vault, rows: readonly MessageRow[]): Promise<Message[]> => Promise.all(rows.map((row) => openMessage(vault, row)));

function deliveryOf({ changedAt: _changedAt, earlierSids: _earlierSids, ...delivery }: DeliveryRow): Delivery {
  return delivery;
}
