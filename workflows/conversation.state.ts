import type { InboundMessage } from '#domain/messages/inbound';
import type { ConversationState } from './contracts/conversation.ts';

const IDS_REMEMBERED = 200;

export const freshState = (nowMs: number): ConversationState => ({
  inbox: [],
  seen: [],
  toDeliver: [],
  lastActivityAtMs: nowMs,
  alerted: false,
  turns: 0,
});

/** Takes a message in once, however often and in whatever order it arrives. Returns whether it is new to this run. */
export function accept(state: ConversationState, message: InboundMessage, nowMs: number): boolean {
  if (state.seen.includes(message.messageId)) return false;
  state.seen.push(message.messageId);
  if (state.seen.length > IDS_REMEMBERED) state.seen.shift();
  state.inbox.push(message);
  state.lastActivityAtMs = nowMs;
  state.unansweredSinceMs ??= nowMs;
  return true;
}

/** All waiting messages, in the order they were received. */
export function takeInbox(state: ConversationState): InboundMessage[] {
  return state.inbox.splice(0).sort((a, b) => a.receivedAtMs - b.receivedAtMs);
}

export const isWithMember = (state: ConversationState): boolean => state.owner?.type === 'member';

/** Somebody answered: nobody waits any more. */
export function markAnswered(state: ConversationState): void {
  state.unansweredSinceMs = undefined;
  state.alerted = false;
}
