import { Fragment, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../shell/problem.tsx';
import { dayOf, formatDay } from '../time/business-time.ts';
import { useBusinessTime, useNow } from '../time/clock.ts';
import { threadOf } from './message.cache.ts';
import { MessageBubble } from './message-bubble.tsx';
import classes from './thread.module.css';
import { burstSizes, continues } from './turns.ts';
import type { ThreadQuery } from './use-thread.ts';

const NEAR_TOP_PX = 160;
const NEAR_BOTTOM_PX = 120;

interface Props {
  query: ThreadQuery;
  conversationId: string;
  onExplain: (turnId: string) => void;
}

export function Thread({ query, conversationId, onExplain }: Props) {
  const { t } = useTranslation();
  const time = useBusinessTime();
  const now = useNow();
  const messages = threadOf(query.data);
  const bursts = burstSizes(messages);
  const { scroller, onScroll } = useStickyScroll(messages[0]?.id, messages.at(-1)?.id, query);

  if (query.isError && messages.length === 0) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div ref={scroller} className={classes.scroller} onScroll={onScroll} role="log" aria-label={t('inbox.threadLabel')} tabIndex={0}>
      <div className={classes.messages}>
        {query.isFetchingNextPage && <p className={classes.note}>{t('shell.loading')}</p>}
        {!query.hasNextPage && messages.length > 0 && <p className={classes.note}>{t('inbox.threadStart')}</p>}
        {messages.length === 0 && <p className={classes.note}>{t('inbox.noMessages')}</p>}
        {messages.map((message, index) => {
          const previous = messages[index - 1];
          const isNewDay = !previous || dayOf(previous.at, time) !== dayOf(message.at, time);
          return (
            <Fragment key={message.id}>
              {isNewDay && (
                <h3 className={classes.day}>
                  <span>{formatDay(message.at, now, time)}</span>
                </h3>
              )}
              <MessageBubble
                message={message}
                conversationId={conversationId}
                isContinued={!isNewDay && continues(previous, message)}
                covers={bursts.get(message.id) ?? 0}
                onExplain={onExplain}
              />
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}

/** Stays at the newest message while the reader is there, and keeps their place when older ones are put in above. */
function useStickyScroll(firstId: string | undefined, lastId: string | undefined, query: ThreadQuery) {
  const scroller = useRef<HTMLDivElement>(null);
  const atBottom = useRef(true);
  const place = useRef({ firstId, height: 0 });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const grewAbove = place.current.firstId !== firstId && !atBottom.current;
    if (grewAbove) element.scrollTop += element.scrollHeight - place.current.height;
    else if (atBottom.current) element.scrollTop = element.scrollHeight;
    place.current = { firstId, height: element.scrollHeight };
  }, [firstId, lastId, query.dataUpdatedAt]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (atBottom.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    atBottom.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_BOTTOM_PX;
    if (element.scrollTop < NEAR_TOP_PX && query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return { scroller, onScroll };
}
