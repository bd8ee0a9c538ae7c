import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../shell/problem.tsx';
import { useShortcuts } from '../shell/shortcuts.ts';
import classes from './conversation-list.module.css';
import { ConversationRow } from './conversation-row.tsx';
import { ConversationListSkeleton, NoConversations } from './empty-states.tsx';
import { FilterBar } from './filter-bar.tsx';
import { conversationsListQuery } from './inbox.queries.ts';
import type { InboxSearch } from './inbox.search.ts';
import { isFiltered } from './inbox.search.ts';

const ROW_HEIGHT = 72;
const LOAD_AHEAD = 6;

interface Props {
  search: InboxSearch;
  openId: string | null;
  isLive: boolean;
  unread: number;
}

export function ConversationList({ search, openId, isLive, unread }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useInfiniteQuery(conversationsListQuery(search));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
  });
  const visible = rows.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastVisible >= items.length - LOAD_AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastVisible, items.length]);

  const move = (step: 1 | -1) => {
    const focused = document.activeElement?.getAttribute('data-conversation') ?? openId;
    const from = items.findIndex(({ id }) => id === focused);
    const to = Math.min(items.length - 1, Math.max(0, from === -1 ? 0 : from + step));
    rows.scrollToIndex(to);
    const focusRow = () => {
      const link = scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"] a`);
      link?.focus({ preventScroll: true });
      return link !== undefined && link !== null;
    };
    // A row far outside the view is drawn only after the list has scrolled there.
    if (!focusRow()) requestAnimationFrame(focusRow);
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    Escape: () => void (openId && navigate({ to: '/inbox', search })),
  });

  return (
    <div className={classes.list}>
      <FilterBar search={search} isLive={isLive} unread={unread} />
      <div ref={scroller} className={classes.scroller} aria-busy={list.isPending}>
        {list.isPending && <ConversationListSkeleton />}
        {list.isError && items.length === 0 && <Problem error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && items.length === 0 && <NoConversations filtered={isFiltered(search)} />}
        {items.length > 0 && (
          <ul className={classes.rows} style={{ height: rows.getTotalSize() }} aria-label={t('inbox.listLabel')}>
            {visible.map(({ index, key, start, size }) => {
              const conversation = items[index];
              return (
                conversation && (
                  <li key={key} data-index={index} className={classes.row} style={{ height: size, transform: `translateY(${start}px)` }}>
                    <ConversationRow conversation={conversation} search={search} isOpen={conversation.id === openId} />
                  </li>
                )
              );
            })}
          </ul>
        )}
        {isFetchingNextPage && <p className={classes.more}>{t('shell.loading')}</p>}
      </div>
    </div>
  );
}
