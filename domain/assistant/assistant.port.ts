import type { BusinessProfile } from '../business/profile.ts';
import type { Channel } from '../channel.ts';

/** One earlier message, as the assistant sees it. */
export interface ContextMessage {
  role: 'customer' | 'assistant' | 'member' | 'system';
  text: string;
  atMs: number;
}

/** What an assistant remembers between turns of one session (what car, what job, what language); plain JSON. */
export type AssistantMemory = Record<string, unknown>;

export interface ReplyContext {
  business: BusinessProfile;
  channel: Channel;
  nowMs: number;
  /** Oldest first; never includes the messages of this turn. */
  history: ContextMessage[];
  /** The burst to answer, in the order the customer wrote it. */
  turn: { text: string; media: number; buttonPayload?: string }[];
  memory: AssistantMemory;
  customerName?: string;
  /** Aborted when the reply is no longer wanted or its time is up. */
  signal: AbortSignal;
}

/** Something the assistant asks the conversation to do; carried out by verbs keyed by turn, never by the assistant itself. */
export type AssistantAction = { type: 'hand_over'; reason: 'asked' | 'unsure' | 'policy' } | { type: 'mark_language'; language: 'nl' | 'en' };

/** Why the reply reads as it does; stored with the turn and shown to staff. */
export interface ReplyTrace {
  assistant: 'built-in' | 'openai' | 'fallback';
  language: 'nl' | 'en';
  tools: { name: string; input: unknown; output: unknown; ms: number }[];
  sources: { kind: string; id: string; title: string }[];
  model?: string;
  tokens?: { input: number; output: number };
  costMicros?: number;
  ms: number;
  /** Set when a better assistant failed and this one answered in its place. */
  fallbackReason?: string;
}

export interface QuickReply {
  label: string;
  payload: string;
}

export interface Reply {
  /** null: nothing should be said (for instance to a bare reaction). */
  text: string | null;
  quickReplies?: QuickReply[];
  intent: string;
  /** 0 to 1. */
  confidence: number;
  actions: AssistantAction[];
  memory: AssistantMemory;
  trace: ReplyTrace;
}

/** The one port every assistant stands behind. A retry is safe: replying has no effect of its own. */
export interface Assistant {
  readonly name: ReplyTrace['assistant'];
  reply(context: ReplyContext): Promise<Reply>;
}
