import type { ChatMessage } from './chat.types.ts';

/** A message as the visitor's page knows it; `pending` and `failed` only on the visitor's own. */
export type ShownMessage = ChatMessage & { state?: 'pending' | 'failed' };

/** Puts messages in once each, by id and in time order; what the server says replaces what the page assumed. */
export function withMessages(shown: readonly ShownMessage[], arrived: readonly ShownMessage[]): ShownMessage[] {
  const byId = new Map(shown.map((message) => [message.id, message]));
  for (const message of arrived) byId.set(message.id, message);
  return [...byId.values()].toSorted((a, b) => Number(a.state !== undefined) - Number(b.state !== undefined) || Date.parse(a.at) - Date.parse(b.at));
}

export function withState(shown: readonly ShownMessage[], id: string, state: ShownMessage['state']): ShownMessage[] {
  return shown.map((message) => (message.id === id ? { ...message, state } : message));
}

/** The suggestions under the newest message, gone as soon as anything follows it. */
export function openQuickReplies(shown: readonly ShownMessage[]): { label: string; payload: string }[] {
  const last = shown.at(-1);
  return last && last.role !== 'customer' ? (last.quickReplies ?? []) : [];
}
