import type { QuickReply } from '#domain/assistant/assistant.port';
import type { BusinessId, ConversationId, CustomerId, MemberId, OutboundId, TurnId } from '#domain/ids';
import type { DeliveryState, WaitsFor } from '#domain/messages/delivery';
import type { CoverReason, InboundMessage, MediaRef } from '#domain/messages/inbound';
import type { MessageStatus } from '#domain/messages/status';

export type MessageRole = 'customer' | 'assistant' | 'member' | 'system';

export interface MessageMetadata {
  media?: MediaRef[];
  buttonPayload?: string;
  location?: InboundMessage['location'];
  profileName?: string;
  quickReplies?: QuickReply[];
  throttled?: boolean;
  memberId?: MemberId;
  kind?: InboundMessage['kind'];
  /** The confirmation of an opt-out: the one text that may still go to somebody who opted out. */
  mayReachOptedOut?: boolean;
}

/** Where an outbound message stands on our side; changed only by compare-and-set. */
export interface Delivery {
  state: DeliveryState;
  /** Tries that were started; a crashed worker's try counts. */
  attempts: number;
  attemptedAt?: Date;
  /** Whoever holds the try; past `leaseUntil` its worker counts as dead. */
  lease?: string;
  leaseUntil?: Date;
  sid?: string;
  /** Looks at Twilio since the outcome became unknown that did not find the message. */
  emptyLooks: number;
  /** Parked while Twilio may have the message: it must be looked for before it is sent. */
  unproven?: boolean;
  waitsFor?: WaitsFor;
  nextTryAt?: Date;
  errorCode?: number;
  httpStatus?: number;
}

export interface StatusChange {
  status: MessageStatus;
  at: Date;
  errorCode?: number;
}

export interface Message {
  /** Inbound: `<conversationId>.<messageId>`; outbound: its OutboundId. */
  id: string;
  /** The provider's id of an inbound message (Twilio MessageSid, or the browser's own id). */
  messageId?: string;
  businessId: BusinessId;
  conversationId: ConversationId;
  customerId: CustomerId;
  direction: 'inbound' | 'outbound';
  role: MessageRole;
  content: string;
  metadata: MessageMetadata;
  /** Order of the thread, together with `id`. */
  occurredAt: Date;
  createdAt: Date;
  coveredBy?: OutboundId;
  coverReason?: CoverReason;
  turnId?: TurnId;
  delivery?: Delivery;
  status?: MessageStatus;
  statusRank?: number;
  statusHistory: StatusChange[];
}

/** An outbound message as it is decided, before anybody tried to send it. */
export interface PlannedMessage {
  id: OutboundId;
  conversationId: ConversationId;
  customerId: CustomerId;
  role: Exclude<MessageRole, 'customer'>;
  content: string;
  metadata?: MessageMetadata;
  turnId?: TurnId;
  /** Now when absent. */
  occurredAt?: Date;
}

/** What is known of an inbound message when it arrives (again). */
export interface InboundState {
  /** Stored by this very call. */
  inserted: boolean;
  coveredBy?: OutboundId;
  coverReason?: CoverReason;
  /** Its row is gone by retention or erasure, but it was here once: never to be answered again. */
  seen: boolean;
}
