import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Channel } from '#domain/channel';
import type { Owner } from '#domain/conversations/owner';
import type { ConversationTimings } from '#domain/conversations/timings';
import type { BusinessId, ConversationId, MemberId, OutboundId } from '#domain/ids';
import type { InboundMessage } from '#domain/messages/inbound';

export const CONVERSATION_WORKFLOW = 'conversation';

export interface ConversationInput {
  businessId: BusinessId;
  conversationId: ConversationId;
  channel: Channel;
  /** The channel's opaque address of the customer and of the business; encrypted in history like everything else. */
  customerAddress: string;
  businessAddress: string;
  timings: ConversationTimings;
  /** The assistant answers at once, so that composing needs no activity of its own; see activities.ts. */
  thinksInline: boolean;
  /** Put before task queue names. */
  queuePrefix: string;
  carriedOver?: ConversationState;
}

/** All that must survive continue-as-new; what staff see is in MongoDB. */
export interface ConversationState {
  inbox: InboundMessage[];
  /** Ids of the latest messages accepted, oldest first. */
  seen: string[];
  /** undefined until this run's first activity has read it. */
  owner?: Owner;
  /** Outbound messages written by staff or the system, waiting for their turn to be delivered. */
  toDeliver: OutboundId[];
  lastActivityAtMs: number;
  /** When the oldest message without any answer arrived. */
  unansweredSinceMs?: number;
  alerted: boolean;
  lastSlowDownAtMs?: number;
  turns: number;
}

export interface ChatAnswer {
  /** `answered`: the reply is in `outboundId`; `with_staff`: a member answers; `again`: ask once more with the same id. */
  state: 'answered' | 'with_staff' | 'silent' | 'again';
  outboundId?: OutboundId;
  text?: string;
  quickReplies?: { label: string; payload: string }[];
}

export interface LiveConversation {
  owner: Owner['type'] | 'loading';
  memberId?: MemberId | null;
  /** What the workflow does just now, in a word a person understands. */
  doing: 'idle' | 'listening' | 'thinking' | 'sending' | 'checking' | 'waiting_for_member';
  waitingMessages: number;
  turns: number;
  lastActivityAtMs: number;
  unansweredSinceMs?: number;
}

export const messageReceived = defineSignal<[InboundMessage]>('messageReceived');
export const askAssistant = defineUpdate<ChatAnswer, [InboundMessage]>('askAssistant');
export const takeOver = defineUpdate<Owner, [{ memberId: MemberId }]>('takeOver');
export const handBack = defineUpdate<Owner, [{ memberId: MemberId | null }]>('handBack');
/** Staff sends, retries and reminders: the row is written already, the workflow delivers it in order. */
export const deliverOutbound = defineUpdate<void, [{ outboundId: OutboundId }]>('deliverOutbound');
export const liveConversation = defineQuery<LiveConversation>('liveConversation');

export const conversationWorkflowId = (businessId: BusinessId, conversationId: ConversationId): string => `conversation:${businessId}:${conversationId}`;

export const CONVERSATIONS_QUEUE = 'conversations';
export const MESSAGING_QUEUE = 'messaging';
