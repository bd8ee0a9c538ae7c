import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ConversationDetail, ConversationSummary, LiveState, Message, Page, TurnExplanation } from '../api/api.types.ts';
import { get } from '../api/http.client.ts';
import type { InboxSearch } from './inbox.search.ts';
import { conversationsQuery } from './inbox.search.ts';

/** Widened on purpose: the query library infers the cursor type from it. */
const firstPage = null as string | null;
const pathOf = (conversationId: string): string => `/api/conversations/${encodeURIComponent(conversationId)}`;

export const conversationsKey = ['conversations'] as const;
export const unreadKey = ['unread'] as const;

export const fetchConversation = (conversationId: string): Promise<ConversationDetail> => get<ConversationDetail>(pathOf(conversationId));

export const fetchMessages = (conversationId: string, cursor: string | null, signal?: AbortSignal): Promise<Page<Message>> =>
  get<Page<Message>>(`${pathOf(conversationId)}/messages${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`, { signal });

export const conversationsListQuery = (search: InboxSearch) =>
  infiniteQueryOptions({
    queryKey: [...conversationsKey, search],
    queryFn: ({ pageParam, signal }) => get<Page<ConversationSummary>>(`/api/conversations?${conversationsQuery(search, pageParam)}`, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
  });

export const conversationQuery = (conversationId: string) =>
  queryOptions({ queryKey: ['conversation', conversationId], queryFn: () => fetchConversation(conversationId) });

export const messagesQuery = (conversationId: string) =>
  infiniteQueryOptions({
    queryKey: ['messages', conversationId],
    queryFn: ({ pageParam, signal }) => fetchMessages(conversationId, pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
  });

const MOST_UNREAD_SHOWN = 100;

/** How many messages nobody has read yet, whatever the list is filtered by. */
export const unreadQuery = queryOptions({
  queryKey: unreadKey,
  queryFn: async ({ signal }) => {
    const page = await get<Page<ConversationSummary>>(`/api/conversations?unread=true&limit=${MOST_UNREAD_SHOWN}`, { signal });
    return page.items.reduce((sum, { unreadCount }) => sum + unreadCount, 0);
  },
});

const BUSY_POLL_MS = 1_500;
const IDLE_POLL_MS = 15_000;

/** Something is happening that will be over in seconds; waiting for a person may take hours. */
export const isBusy = (doing: LiveState['doing']): boolean => doing !== 'idle' && doing !== 'waiting_for_member';

/** What the workflow is doing just now; asked often only while it is doing something. */
export const liveStateQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['live-state', conversationId],
    queryFn: ({ signal }) => get<LiveState>(`${pathOf(conversationId)}/state`, { signal }),
    retry: false,
    staleTime: 1_000,
    refetchInterval: ({ state }) => (state.data && isBusy(state.data.doing) ? BUSY_POLL_MS : IDLE_POLL_MS),
  });

export const turnQuery = (conversationId: string, turnId: string) =>
  queryOptions({
    queryKey: ['turn', conversationId, turnId],
    queryFn: ({ signal }) => get<TurnExplanation>(`${pathOf(conversationId)}/turns/${encodeURIComponent(turnId)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
