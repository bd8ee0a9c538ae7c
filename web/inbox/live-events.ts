import type { QueryClient } from '@tanstack/react-query';
import type { ConversationDetail, LiveEvent } from '../api/api.types.ts';
import type { ConversationPages } from './conversation.cache.ts';
import { withConversation } from './conversation.cache.ts';
import { conversationQuery, conversationsKey, fetchConversation, fetchMessages, liveStateQuery, messagesQuery, unreadKey } from './inbox.queries.ts';
import type { InboxSearch } from './inbox.search.ts';
import { inboxSearchSchema } from './inbox.search.ts';
import { withNewestPage } from './message.cache.ts';

const REMEMBERED_EVENTS = 500;
const COALESCE_MS = 120;

/**
 * Events say what changed, never the words themselves: the changed conversation is fetched once per burst of events
 * and put into every list and thread that shows it.
 */
export function createLiveInbox(queryClient: QueryClient) {
  const seen = new Set<string>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();

  const refresh = async (conversationId: string) => {
    waiting.delete(conversationId);
    const detail = await fetchConversation(conversationId).catch(() => null);
    // Gone or out of reach: the lists find out by asking themselves.
    if (!detail) return void queryClient.invalidateQueries({ queryKey: conversationsKey });
    putConversation(queryClient, detail);
    await refreshThread(queryClient, conversationId);
    void queryClient.invalidateQueries({ queryKey: unreadKey });
    void queryClient.invalidateQueries({ queryKey: liveStateQuery(conversationId).queryKey });
  };

  return {
    /** Replays after a reconnect repeat events; each is applied once. */
    apply(event: LiveEvent) {
      // A resync carries the id of the newest event, which may have been seen.
      if (event.type === 'resync') return void queryClient.invalidateQueries();
      if (event.id && seen.has(event.id)) return;
      if (event.id) remember(seen, event.id);
      if (!event.conversationId || waiting.has(event.conversationId)) return;
      const { conversationId } = event;
      waiting.set(
        conversationId,
        setTimeout(() => void refresh(conversationId), COALESCE_MS),
      );
    },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

/** Writes one conversation into its own entry and into every list it belongs in. */
export function putConversation(queryClient: QueryClient, detail: ConversationDetail): void {
  queryClient.setQueryData(conversationQuery(detail.id).queryKey, detail);
  for (const [key, pages] of queryClient.getQueriesData<ConversationPages>({ queryKey: conversationsKey })) {
    if (pages) queryClient.setQueryData(key, withConversation(pages, searchOf(key), detail));
  }
}

async function refreshThread(queryClient: QueryClient, conversationId: string): Promise<void> {
  const { queryKey } = messagesQuery(conversationId);
  if (!queryClient.getQueryData(queryKey)) return;
  const fresh = await fetchMessages(conversationId, null).catch(() => null);
  if (fresh) queryClient.setQueryData(queryKey, (pages) => pages && withNewestPage(pages, fresh));
}

const searchOf = (key: readonly unknown[]): InboxSearch => inboxSearchSchema.parse(key[conversationsKey.length] ?? {});

function remember(seen: Set<string>, id: string): void {
  seen.add(id);
  const [oldest] = seen;
  if (seen.size > REMEMBERED_EVENTS && oldest !== undefined) seen.delete(oldest);
}
