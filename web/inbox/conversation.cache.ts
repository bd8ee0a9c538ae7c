import type { InfiniteData } from '@tanstack/react-query';
import type { ConversationSummary, Page } from '../api/api.types.ts';
import type { InboxSearch } from './inbox.search.ts';
import { belongsIn } from './inbox.search.ts';

export type ConversationPages = InfiniteData<Page<ConversationSummary>>;

/** Puts a changed conversation where it belongs: newest activity first, gone when the filters no longer hold. */
export function withConversation(pages: ConversationPages, search: InboxSearch, changed: ConversationSummary): ConversationPages {
  const wasListed = pages.pages.some((page) => page.items.some(({ id }) => id === changed.id));
  const without = mapPages(pages, (items) => items.filter(({ id }) => id !== changed.id));
  if (!belongsIn(search, changed) || (search.q && !wasListed)) return wasListed ? without : pages;
  return insertByActivity(without, changed);
}

/** Changes some fields of a listed conversation in place. */
export function withPatch(pages: ConversationPages, id: string, patch: Partial<ConversationSummary>): ConversationPages {
  return mapPages(pages, (items) => items.map((item) => (item.id === id ? { ...item, ...patch } : item)));
}

export const activityAt = ({ lastMessage, lastInboundAt }: ConversationSummary): string => lastMessage?.at ?? lastInboundAt ?? '';

function insertByActivity(pages: ConversationPages, changed: ConversationSummary): ConversationPages {
  const at = activityAt(changed);
  const target = pages.pages.findIndex((page) => page.items.some((item) => activityAt(item) <= at));
  const lastPage = pages.pages.length - 1;
  // Older than all that is loaded while more waits on the server: it will come with its own page.
  if (target === -1 && pages.pages[lastPage]?.nextCursor) return pages;
  const index = target === -1 ? lastPage : target;
  return {
    ...pages,
    pages: pages.pages.map((page, number) => {
      if (number !== index) return page;
      const before = page.items.findIndex((item) => activityAt(item) <= at);
      return { ...page, items: page.items.toSpliced(before === -1 ? page.items.length : before, 0, changed) };
    }),
  };
}

function mapPages(pages: ConversationPages, change: (items: ConversationSummary[]) => ConversationSummary[]): ConversationPages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: change(page.items) })) };
}
