/** What somebody was writing when they looked at another conversation; kept in memory only, as it may hold anything. */
const drafts = new Map<string, string>();

export const draftOf = (conversationId: string): string => drafts.get(conversationId) ?? '';

export function keepDraft(conversationId: string, text: string): void {
  if (text === '') drafts.delete(conversationId);
  else drafts.set(conversationId, text);
}
