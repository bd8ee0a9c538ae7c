import type { Channel } from '#domain/channel';
import type { Owner } from '#domain/conversations/owner';
import type { BusinessId, ConversationId, OutboundId, TurnId } from '#domain/ids';
import type { DeliveryOutcome, ReconcileOutcome } from '#domain/messages/delivery';
import type { CoverReason, InboundMessage } from '#domain/messages/inbound';

/** Which conversation an activity works for. */
export interface ConversationRef {
  businessId: BusinessId;
  conversationId: ConversationId;
  channel: Channel;
  customerAddress: string;
  businessAddress: string;
}

export interface ComposedTurn {
  turnId: TurnId;
  /** As it was when the turn began; somebody may have taken over since. */
  owner: Owner;
  /** The assistant handed over in this reply: the reply is still sent, and then a member answers. */
  handedOverTo?: Owner;
  /** In the order they must be sent; on web chat they are published already. */
  outbound: OutboundId[];
  /** Sent even if a member answers: the confirmation of an opt-out. */
  mustSend?: boolean;
  /** Web chat only: what the waiting browser is told. */
  answer?: { outboundId: OutboundId; text: string; quickReplies?: { label: string; payload: string }[] };
}

export type ConversationActivities = {
  /** Stores the burst and, while the assistant owns the conversation, writes the one reply that covers it. */
  composeReply(input: { conversation: ConversationRef; messages: InboundMessage[]; supersedes?: TurnId }): Promise<ComposedTurn>;
  /** The reply just written is not wanted any more. */
  dropReply(input: { conversation: ConversationRef; turnId: TurnId; messageIds: string[]; reason: CoverReason }): Promise<void>;
  changeOwner(input: { conversation: ConversationRef; owner: Owner }): Promise<void>;
  raiseReplyOverdue(input: { conversation: ConversationRef; unansweredSinceMs: number }): Promise<void>;
  /** Writes a fixed text in the customer's language; the same `noticeKey` is written once. null: nothing may be sent. */
  planNotice(input: { conversation: ConversationRef; notice: 'slow_down' | 'we_will_come_back'; noticeKey: string }): Promise<OutboundId | null>;
};

export type MessagingActivities = {
  /** The only way anything is ever sent. Safe to retry: the outbox row decides whether a call is made. */
  deliver(input: { businessId: BusinessId; outboundId: OutboundId }): Promise<DeliveryOutcome>;
  /** One look at Twilio for a send whose outcome is unknown. */
  reconcile(input: { businessId: BusinessId; outboundId: OutboundId }): Promise<ReconcileOutcome>;
  /** Gives the send up for now; it stays visible with what it waits for. */
  park(input: { businessId: BusinessId; outboundId: OutboundId; nextTryInMs: number }): Promise<void>;
  /** A parked send that is no longer worth sending ends as failed. */
  expireParked(input: { businessId: BusinessId; outboundId: OutboundId }): Promise<void>;
};

export type MaintenanceActivities = {
  /** Moves up to a page of parked messages into their workflows; returns how many were moved and whether more wait. */
  sweepParked(): Promise<{ moved: number; more: boolean }>;
  listReconcilableNumbers(): Promise<{ businessId: BusinessId; e164: string }[]>;
  /** Lists Twilio's inbound messages of one number since its watermark and hands the missing ones to their workflows. */
  reconcileInbound(input: { businessId: BusinessId; e164: string }): Promise<{ listed: number; recovered: number }>;
  /** Ends up to a page of expired sessions and drops their context. */
  endExpiredSessions(): Promise<{ ended: number; more: boolean }>;
  /** Destroys the keys of Temporal payloads too old to be kept anywhere but in backups. */
  destroyOldPayloadKeys(): Promise<{ keysDestroyed: number }>;
  /** Hands outbound rows nobody works on (their workflow was terminated, or never told) back to their conversation. */
  resumeStrandedSends(): Promise<{ resumed: number }>;
};
