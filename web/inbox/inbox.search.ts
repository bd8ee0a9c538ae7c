import { z } from 'zod';
import type { ConversationSummary } from '../api/api.types.ts';

export const CHANNEL_FILTERS = ['whatsapp', 'sms', 'web'] as const;
export const OWNER_FILTERS = ['assistant', 'member'] as const;
export const STATUS_FILTERS = ['open', 'closed'] as const;

/** The filters as they stand in the address bar; a value nobody knows counts as not chosen. */
export const inboxSearchSchema = z.object({
  status: z.enum(STATUS_FILTERS).optional().catch(undefined),
  channel: z.enum(CHANNEL_FILTERS).optional().catch(undefined),
  owner: z.enum(OWNER_FILTERS).optional().catch(undefined),
  unread: z.literal(true).optional().catch(undefined),
  attention: z.literal(true).optional().catch(undefined),
  q: z.coerce.string().max(200).optional().catch(undefined),
});
export type InboxSearch = z.infer<typeof inboxSearchSchema>;

export const SHORTEST_NAME_SEARCH = 2;

/** The API's query string for these filters; what looks like a phone number or an e-mail is searched exactly. */
export function conversationsQuery(search: InboxSearch, cursor: string | null): string {
  const { q, ...filters } = search;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filters, ...textSearch(q) })) if (value !== undefined) query.set(name, String(value));
  if (cursor) query.set('cursor', cursor);
  return query.toString();
}

export function textSearch(typed: string | undefined): { q?: string; phone?: string; email?: string } {
  const text = typed?.trim() ?? '';
  if (/^\S+@\S+\.\S+$/.test(text)) return { email: text };
  const digits = text.replaceAll(/[\s().-]/g, '');
  if (/^(\+|00)?\d{8,15}$/.test(digits)) return { phone: digits.replace(/^00/, '+') };
  return text.length >= SHORTEST_NAME_SEARCH ? { q: text } : {};
}

export const isFiltered = (search: InboxSearch): boolean => Object.values(search).some((value) => value !== undefined && value !== '');

/** Whether a conversation belongs in the list under these filters; a text search can only be judged by the server. */
export function belongsIn(search: InboxSearch, conversation: ConversationSummary): boolean {
  return (
    (search.status === undefined || conversation.status === search.status) &&
    (search.channel === undefined || conversation.channel === search.channel) &&
    (search.owner === undefined || conversation.owner.type === search.owner) &&
    (search.unread === undefined || conversation.unreadCount > 0) &&
    (search.attention === undefined || conversation.attention !== null)
  );
}
