import type { Channel } from '#domain/channel';
import type { DeliveryState } from '#domain/messages/delivery';
import type { MessageStatus } from '#domain/messages/status';

/** What the HTTP API answers; times are ISO 8601 in UTC. */
export interface Me {
  member: { id: string; name: string; role: string };
  business: { id: string; name: string; timeZone: string; locale: string };
  csrfToken: string;
  testMode: boolean;
  temporalUiUrl?: string;
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** A member without a name: the assistant asked for a person, and nobody has taken over yet. */
export type ConversationOwner = { type: 'assistant' } | { type: 'member'; memberId: string | null; name: string | null };

export type Role = 'customer' | 'assistant' | 'member' | 'system';

export interface ConversationSummary {
  id: string;
  customer: { id: string; name: string | null; phone: string | null; email: string | null };
  channel: Channel;
  /** The channel's address of the business: a phone number on SMS and WhatsApp. */
  businessNumber: string;
  status: string;
  owner: ConversationOwner;
  unreadCount: number;
  attention: { reason: string; since: string } | null;
  lastMessage: { text: string; role: Role; at: string } | null;
  lastInboundAt: string | null;
  /** When WhatsApp stops accepting free text; null on other channels or before the customer wrote. */
  windowEndsAt: string | null;
  language: 'nl' | 'en' | null;
}

export interface ConversationDetail extends ConversationSummary {
  contextFrom: string | null;
  workflow: { id: string; url: string | null };
}

export interface Delivery {
  state: DeliveryState;
  attempts: number;
  waitsFor: string | null;
  nextTryAt: string | null;
  error: { code: number | null; text: string } | null;
}

export interface Message {
  id: string;
  conversationId: string;
  direction: 'inbound' | 'outbound';
  role: Role;
  text: string;
  media: { contentType: string; url: string }[];
  quickReplies: { label: string; payload: string }[];
  at: string;
  coveredBy: string | null;
  coverReason: string | null;
  turnId: string | null;
  delivery: Delivery | null;
  status: MessageStatus | null;
  statusHistory: { status: string; at: string }[];
  memberName: string | null;
}

export interface LiveState {
  owner: 'assistant' | 'member' | 'loading';
  memberId?: string | null;
  doing: 'idle' | 'listening' | 'thinking' | 'sending' | 'checking' | 'waiting_for_member';
  waitingMessages: number;
  turns: number;
  lastActivityAtMs: number;
  unansweredSinceMs?: number;
  running: boolean;
  workflowUrl: string | null;
}

export interface TurnExplanation {
  turnId: string;
  messageIds: string[];
  reply: { text: string | null; intent: string; confidence: number };
  trace: {
    assistant: 'built-in' | 'openai' | 'fallback';
    language: 'nl' | 'en';
    tools: { name: string; input: unknown; output: unknown; ms: number }[];
    sources: { kind: string; id: string; title: string }[];
    model?: string;
    tokens?: { input: number; output: number };
    costMicros?: number;
    ms: number;
    fallbackReason?: string;
  };
}

export interface LiveEvent {
  id: string;
  type: 'message.received' | 'message.planned' | 'message.status' | 'conversation.updated' | 'conversation.owner_changed' | 'attention.raised' | 'resync';
  conversationId?: string;
  at: string;
  data?: unknown;
}

export interface DemoBusiness {
  id: string;
  name: string;
  locale: string;
  timeZone: string;
  numbers: { e164: string; channels: Channel[] }[];
}

export interface Demo {
  businesses: DemoBusiness[];
  simulatorUrl: string | null;
}
