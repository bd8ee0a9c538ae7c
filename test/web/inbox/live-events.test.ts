import { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '#web/api/api.types';
import { conversationQuery, messagesQuery } from '#web/inbox/inbox.queries';
import { createLiveInbox } from '#web/inbox/live-events';
import { threadOf } from '#web/inbox/message.cache';
import { aGarageInbox, newMessage } from '../support/fixture-conversations.ts';

const conversations = aGarageInbox(Date.parse('2026-11-20T12:00:00Z'));
const event = (id: string, type: LiveEvent['type'], conversationId?: string): LiveEvent => ({ id, type, conversationId, at: '2026-11-20T12:00:00Z' });

/** A server that answers these paths and counts how often each was asked. */
function aServer(answers: Record<string, unknown>) {
  const asked: string[] = [];
  const original = globalThis.fetch;
  globalThis.fetch = async (input) => {
    asked.push(String(input));
    const answer = answers[String(input)];
    return answer === undefined ? new Response('{}', { status: 404 }) : Response.json(answer);
  };
  return {
    asked,
    [Symbol.dispose]() {
      globalThis.fetch = original;
    },
  };
}

const settled = async (queryClient: QueryClient, check: () => boolean) => {
  for (let tries = 0; tries < 100 && !check(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  queryClient.clear();
};

test('three events about one conversation ask the server once, and the thread shows the new message', async () => {
  const [sanne] = conversations;
  if (!sanne) throw new Error('the inbox is empty');
  const fresh = newMessage('c_sanne', 99, 'customer', 'Hallo?', '2026-11-20T12:00:00Z', { id: 'c_sanne.99' });
  using server = aServer({
    '/api/conversations/c_sanne': { ...sanne.detail, unreadCount: 3 },
    '/api/conversations/c_sanne/messages': { items: [...sanne.messages, fresh], nextCursor: null },
  });
  const queryClient = new QueryClient();
  queryClient.setQueryData(messagesQuery('c_sanne').queryKey, { pages: [{ items: sanne.messages, nextCursor: null }], pageParams: [null] });
  const inbox = createLiveInbox(queryClient);

  inbox.apply(event('1', 'message.received', 'c_sanne'));
  inbox.apply(event('2', 'conversation.updated', 'c_sanne'));
  inbox.apply(event('1', 'message.received', 'c_sanne'));

  let shown: string[] = [];
  let unread: number | undefined;
  await settled(queryClient, () => {
    shown = threadOf(queryClient.getQueryData(messagesQuery('c_sanne').queryKey)).map(({ id }) => id);
    unread = queryClient.getQueryData(conversationQuery('c_sanne').queryKey)?.unreadCount;
    return shown.includes('c_sanne.99');
  });
  expect(shown.at(-1)).toBe('c_sanne.99');
  expect(unread).toBe(3);
  expect(server.asked.filter((path) => path === '/api/conversations/c_sanne')).toHaveLength(1);
  inbox.stop();
});

test('an event seen before a reconnect is not applied again, but a resync always is', async () => {
  using server = aServer({});
  const queryClient = new QueryClient();
  const inbox = createLiveInbox(queryClient);
  queryClient.setQueryData(['conversations', {}], { pages: [], pageParams: [] });

  inbox.apply(event('7', 'message.received', 'c_sanne'));
  await settledRequests(server.asked, 1);
  inbox.apply(event('7', 'message.received', 'c_sanne'));
  inbox.apply(event('8', 'message.received', 'c_omar'));
  await settledRequests(server.asked, 2);
  expect(server.asked).toEqual(['/api/conversations/c_sanne', '/api/conversations/c_omar']);

  queryClient.setQueryData(['conversations', {}], { pages: [], pageParams: [] });
  inbox.apply(event('7', 'resync'));
  expect(queryClient.getQueryState(['conversations', {}])?.isInvalidated).toBe(true);
  inbox.stop();
  queryClient.clear();
});

async function settledRequests(asked: string[], count: number): Promise<void> {
  for (let tries = 0; tries < 100 && asked.length < count; tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
}
