import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConversationDetail, ConversationOwner, Me, Message } from '../api/api.types.ts';
import { post } from '../api/http.client.ts';
import type { ConversationPages } from './conversation.cache.ts';
import { withPatch } from './conversation.cache.ts';
import { conversationQuery, conversationsKey, liveStateQuery, messagesQuery, unreadKey } from './inbox.queries.ts';
import { pendingIdOf, withMessage, withMessagePatch, withoutMessage, withSent } from './message.cache.ts';

const pathOf = (conversationId: string): string => `/api/conversations/${encodeURIComponent(conversationId)}`;

/** Changes one conversation wherever it is shown; returns how to put it back. */
function usePatchConversation() {
  const queryClient = useQueryClient();
  return (id: string, patch: Partial<ConversationDetail>) => {
    const detailKey = conversationQuery(id).queryKey;
    const before = queryClient.getQueryData(detailKey);
    const lists = queryClient.getQueriesData<ConversationPages>({ queryKey: conversationsKey });
    queryClient.setQueryData(detailKey, (detail) => detail && { ...detail, ...patch });
    for (const [key, pages] of lists) if (pages) queryClient.setQueryData(key, withPatch(pages, id, patch));
    return () => {
      queryClient.setQueryData(detailKey, before);
      for (const [key, pages] of lists) queryClient.setQueryData(key, pages);
    };
  };
}

/** Takes over or hands back; shown at once, put back when the server refuses. */
export function useSetOwner(conversationId: string, me: Me | undefined) {
  const queryClient = useQueryClient();
  const patch = usePatchConversation();
  return useMutation({
    mutationFn: (to: 'me' | 'assistant') => post<{ owner: ConversationOwner }>(`${pathOf(conversationId)}/${to === 'me' ? 'takeover' : 'handback'}`),
    onMutate: (to) => {
      const owner: ConversationOwner = to === 'me' && me ? { type: 'member', memberId: me.member.id, name: me.member.name } : { type: 'assistant' };
      return { undo: patch(conversationId, { owner }) };
    },
    onError: (_error, _to, context) => context?.undo(),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: conversationQuery(conversationId).queryKey });
      void queryClient.invalidateQueries({ queryKey: liveStateQuery(conversationId).queryKey });
    },
  });
}

export function useMarkRead() {
  const queryClient = useQueryClient();
  const patch = usePatchConversation();
  return useMutation({
    mutationFn: (conversationId: string) => post(`${pathOf(conversationId)}/read`),
    onMutate: (conversationId) => void patch(conversationId, { unreadCount: 0 }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: unreadKey }),
  });
}

export function useResetContext(conversationId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => post(`${pathOf(conversationId)}/reset-context`),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: conversationQuery(conversationId).queryKey }),
  });
}

interface Draft {
  text: string;
  /** Made once per message, so that sending it again is the same message. */
  clientId: string;
}

/** Shows the message at once; on refusal it disappears and `onRefused` gets the words back. */
export function useSendMessage(conversationId: string, me: Me | undefined, onRefused: (draft: Draft) => void) {
  const queryClient = useQueryClient();
  const { queryKey } = messagesQuery(conversationId);
  return useMutation({
    mutationFn: (draft: Draft) => post<Message>('/api/conversations/messages', { conversationId, ...draft }),
    onMutate: (draft) => {
      const pending = pendingMessage(conversationId, draft, me?.member.name ?? null);
      queryClient.setQueryData(queryKey, (pages) => pages && withMessage(pages, pending));
    },
    onSuccess: (sent, { clientId }) => queryClient.setQueryData(queryKey, (pages) => pages && withSent(pages, clientId, sent)),
    onError: (_error, draft) => {
      queryClient.setQueryData(queryKey, (pages) => pages && withoutMessage(pages, pendingIdOf(draft.clientId)));
      onRefused(draft);
    },
  });
}

/** Asks the workflow to send a failed message again. */
export function useRetryMessage(conversationId: string) {
  const queryClient = useQueryClient();
  const { queryKey } = messagesQuery(conversationId);
  return useMutation({
    mutationFn: (messageId: string) => post<Message>(`${pathOf(conversationId)}/messages/${encodeURIComponent(messageId)}/retry`),
    onSuccess: (message) => queryClient.setQueryData(queryKey, (pages) => pages && withMessagePatch(pages, message.id, message)),
  });
}

function pendingMessage(conversationId: string, { text, clientId }: Draft, memberName: string | null): Message {
  return {
    id: pendingIdOf(clientId),
    conversationId,
    direction: 'outbound',
    role: 'member',
    text,
    media: [],
    quickReplies: [],
    at: new Date().toISOString(),
    coveredBy: null,
    coverReason: null,
    turnId: null,
    delivery: null,
    status: null,
    statusHistory: [],
    memberName,
  };
}
