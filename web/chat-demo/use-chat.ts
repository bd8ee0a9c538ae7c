import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import { fetchHistory, forgetSession, openSession, sendChatMessage, streamUrl } from './chat.requests.ts';
import type { ShownMessage } from './chat.state.ts';
import { withMessages, withState } from './chat.state.ts';
import type { ChatMessage } from './chat.types.ts';

export type Waiting = 'no' | 'typing' | 'with_staff';

/** One visit: the messages, who is writing, and how to send; live by the stream, caught up after every break of it. */
export function useChat(businessId: string) {
  const queryClient = useQueryClient();
  const queryKey = ['chat-session', businessId];
  const session = useQuery({ queryKey, queryFn: () => openSession(businessId), staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
  const [messages, setMessages] = useState<ShownMessage[]>([]);
  const [waiting, setWaiting] = useState<Waiting>('no');
  const [error, setError] = useState<unknown>(null);
  /** Where earlier messages begin; null when there are none. */
  const [olderCursor, setOlderCursor] = useState<string | null>(null);
  const token = session.data?.token;
  const show = useCallback((arrived: ChatMessage[]) => setMessages((shown) => withMessages(shown, arrived)), []);

  const loadPage = useCallback(
    async (cursor: string | null) => {
      if (!token) return;
      try {
        const page = await fetchHistory(token, cursor);
        show(page.items);
        setOlderCursor(page.nextCursor);
      } catch (problem) {
        setError(problem);
      }
    },
    [token, show],
  );

  useEffect(() => {
    if (!session.data) return;
    show(session.data.messages);
    if (session.data.resumed) void loadPage(null);
  }, [session.data, show, loadPage]);

  useEffect(() => {
    if (!token) return;
    const catchUp = () => void fetchHistory(token, null).then(({ items }) => show(items), setError);
    const source = new EventSource(streamUrl(token));
    let wasOpen = false;
    source.onopen = () => {
      if (wasOpen) catchUp();
      wasOpen = true;
    };
    source.addEventListener('message', (frame: MessageEvent<string>) => {
      const message = JSON.parse(frame.data) as ChatMessage;
      show([message]);
      if (message.role !== 'customer') setWaiting('no');
    });
    source.addEventListener('typing', () => setWaiting((now) => (now === 'with_staff' ? now : 'typing')));
    source.addEventListener('resync', catchUp);
    return () => source.close();
  }, [token, show]);

  const deliver = useCallback(
    async (messageId: string, text: string, buttonPayload?: string) => {
      if (!token) return;
      setError(null);
      setWaiting('typing');
      setMessages((shown) => withState(shown, messageId, 'pending'));
      try {
        const answer = await sendChatMessage(token, { messageId, text, ...(buttonPayload ? { buttonPayload } : {}) });
        setMessages((shown) => withState(shown, messageId, undefined));
        if (answer.reply) show([answer.reply]);
        setWaiting(answer.state === 'with_staff' ? 'with_staff' : 'no');
      } catch (problem) {
        setWaiting('no');
        setError(problem);
        setMessages((shown) => withState(shown, messageId, 'failed'));
        if (problem instanceof ApiError && problem.status === 401) void queryClient.invalidateQueries({ queryKey: ['chat-session'] });
      }
    },
    [token, show, queryClient],
  );

  const send = (text: string, buttonPayload?: string) => {
    const message: ShownMessage = { id: crypto.randomUUID(), role: 'customer', text, at: new Date().toISOString(), state: 'pending' };
    setMessages((shown) => withMessages(shown, [message]));
    void deliver(message.id, text, buttonPayload);
  };

  const startOver = () => {
    forgetSession(businessId);
    setMessages([]);
    setOlderCursor(null);
    setWaiting('no');
    setError(null);
    void queryClient.resetQueries({ queryKey });
  };

  const loadOlder = olderCursor === null ? null : () => void loadPage(olderCursor);
  return { session, messages, waiting, error, send, retry: deliver, startOver, loadOlder };
}
