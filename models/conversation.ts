import type { AssistantMemory } from '#domain/assistant/assistant.port';
import type { Channel } from '#domain/channel';
import type { Owner } from '#domain/conversations/owner';
import type { BusinessId, ConversationId, CustomerId } from '#domain/ids';
import type { MessageRole } from './message.ts';

export type AttentionReason = 'reply_overdue' | 'hand_over' | 'send_failed';

export interface Conversation {
  id: ConversationId;
  businessId: BusinessId;
  customerId: CustomerId;
  channel: Channel;
  customerAddress: string;
  businessAddress: string;
  status: 'open' | 'closed';
  owner: Owner;
  /** The assistant reads nothing from before this moment. */
  contextFrom?: Date;
  /** The session and its context end then, unless the customer writes first. */
  sessionEndsAt?: Date;
  memory: AssistantMemory;
  language?: string;
  lastInboundAt?: Date;
  lastMessageAt: Date;
  preview: { text: string; role: MessageRole } | null;
  unreadCount: number;
  attention?: { reason: AttentionReason; since: Date };
  createdAt: Date;
}
