import type { ConversationId, MemberId } from './ids.ts';

/** Who does something: every write says so. */
export type Actor =
  | { type: 'member'; memberId: MemberId; name: string }
  | { type: 'api_key'; keyId: string }
  | { type: 'customer'; conversationId: ConversationId }
  | { type: 'assistant'; conversationId: ConversationId }
  | { type: 'system'; job: string };
