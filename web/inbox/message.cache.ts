import type { InfiniteData } from '@tanstack/react-query';
import type { Message, Page } from '../api/api.types.ts';

/** Newest page first, each page oldest message first, as the API pages them. */
export type MessagePages = InfiniteData<Page<Message>>;

const PENDING = 'pending:';

export const pendingIdOf = (clientId: string): string => PENDING + clientId;
export const isPending = ({ id }: Pick<Message, 'id'>): boolean => id.startsWith(PENDING);

/** The whole loaded thread, oldest first. */
export const threadOf = (pages: MessagePages | undefined): Message[] => pages?.pages.toReversed().flatMap((page) => page.items) ?? [];

/** A new message goes to the end; one that is known is replaced where it stands. */
export function withMessage(pages: MessagePages, message: Message): MessagePages {
  if (threadOf(pages).some(({ id }) => id === message.id)) return mapMessages(pages, (known) => (known.id === message.id ? message : known));
  return changeNewest(pages, (items) => inOrder([...items, message]));
}

export function withoutMessage(pages: MessagePages, id: string): MessagePages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((message) => message.id !== id) })) };
}

/** Changes some fields of a known message, and nothing when it is unknown. */
export function withMessagePatch(pages: MessagePages, id: string, patch: Partial<Message>): MessagePages {
  return mapMessages(pages, (message) => (message.id === id ? { ...message, ...patch } : message));
}

/** The server's answer takes the place of the bubble that was shown while sending. */
export function withSent(pages: MessagePages, clientId: string, sent: Message): MessagePages {
  return withMessage(withoutMessage(pages, pendingIdOf(clientId)), sent);
}

/**
 * Brings a freshly fetched newest page into what is loaded. When the two do not touch, messages were missed in between:
 * the older pages are dropped and will be fetched again on scrolling up, so that no gap is ever shown as whole.
 */
export function withNewestPage(pages: MessagePages, fresh: Page<Message>): MessagePages {
  const known = new Set(threadOf(pages).map(({ id }) => id));
  const touches = fresh.nextCursor === null || fresh.items.some(({ id }) => known.has(id));
  const pending = stillPending(
    threadOf(pages).filter(isPending),
    fresh.items.filter(({ id }) => !known.has(id)),
  );
  if (!touches) return { pages: [{ ...fresh, items: [...fresh.items, ...pending] }], pageParams: [null] };

  const freshIds = new Set(fresh.items.map(({ id }) => id));
  const inOlderPages = new Set(pages.pages.slice(1).flatMap((page) => page.items.map(({ id }) => id)));
  const byId = new Map(fresh.items.map((message) => [message.id, message]));
  const updated = mapMessages(pages, (message) => byId.get(message.id) ?? message);
  return changeNewest(updated, (items) => [
    ...items.filter((message) => !isPending(message) && !freshIds.has(message.id)),
    ...fresh.items.filter(({ id }) => !inOlderPages.has(id)),
    ...pending,
  ]);
}

/** A member's message that came back by the live channel before the send was answered must not be shown twice. */
function stillPending(pending: Message[], arrived: Message[]): Message[] {
  const texts = arrived.filter(({ role }) => role === 'member').map(({ text }) => text);
  return pending.filter(({ text }) => {
    const index = texts.indexOf(text);
    if (index !== -1) texts.splice(index, 1);
    return index === -1;
  });
}

/** A message still being sent stands last: its time is the browser's, whose clock may differ from the server's. */
const inOrder = (messages: Message[]): Message[] =>
  messages.toSorted((a, b) => Number(isPending(a)) - Number(isPending(b)) || Date.parse(a.at) - Date.parse(b.at));

function changeNewest(pages: MessagePages, change: (items: Message[]) => Message[]): MessagePages {
  const [newest, ...older] = pages.pages;
  if (!newest) return { pages: [{ items: change([]), nextCursor: null }], pageParams: [null] };
  return { ...pages, pages: [{ ...newest, items: change(newest.items) }, ...older] };
}

function mapMessages(pages: MessagePages, change: (message: Message) => Message): MessagePages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map(change) })) };
}
