import { Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/me.query.ts';
import { Problem } from '../shell/problem.tsx';
import { useShortcuts } from '../shell/shortcuts.ts';
import { Composer } from './composer.tsx';
import classes from './conversation-view.module.css';
import { DetailsPanel } from './details-panel.tsx';
import { ThreadSkeleton } from './empty-states.tsx';
import { useMarkRead, useSetOwner } from './inbox.mutations.ts';
import { conversationQuery } from './inbox.queries.ts';
import { threadOf } from './message.cache.ts';
import { answeringOf } from './owner.words.ts';
import { OwnerStrip } from './owner-strip.tsx';
import { Thread } from './thread.tsx';
import { ThreadHeader } from './thread-header.tsx';
import { useThread } from './use-thread.ts';
import { WhyDrawer } from './why-drawer.tsx';

/** One conversation: header, thread, who answers, composer, and the customer's details beside it. */
export function ConversationView({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const conversation = useQuery(conversationQuery(conversationId));
  const messages = useThread(conversationId);
  const setOwner = useSetOwner(conversationId, me.data);
  const [explainedTurn, explain] = useState<string | null>(null);
  const isWide = useMediaQuery('(min-width: 1280px)', true, { getInitialValueInEffect: false });
  const [detailsOpened, details] = useDisclosure(false);
  useMarkReadOnOpen(conversationId, conversation.data?.unreadCount ?? 0);

  const owner = conversation.data?.owner;
  const thread = threadOf(messages.data);
  useShortcuts({
    t: () => owner && setOwner.mutate(answeringOf(owner, me.data?.member.id) === 'me' ? 'assistant' : 'me'),
    w: () => explain(thread.findLast(({ role, turnId }) => role === 'assistant' && turnId)?.turnId ?? null),
  });

  if (conversation.isError && !conversation.data) {
    return <Problem error={conversation.error} onRetry={() => void conversation.refetch()} />;
  }
  return (
    <div className={classes.view}>
      <div className={classes.main}>
        <ThreadHeader conversation={conversation.data ?? null} onDetails={details.open} showsDetails={isWide} />
        {messages.isPending ? <ThreadSkeleton /> : <Thread query={messages} conversationId={conversationId} onExplain={explain} />}
        {conversation.data && (
          <footer className={classes.footer}>
            <OwnerStrip owner={conversation.data.owner} setOwner={setOwner} />
            <Composer conversation={conversation.data} me={me.data} />
          </footer>
        )}
      </div>
      {conversation.data && isWide && (
        <aside className={classes.details} aria-label={t('inbox.details.title')}>
          <DetailsPanel conversation={conversation.data} />
        </aside>
      )}
      {conversation.data && !isWide && (
        <Drawer
          opened={detailsOpened}
          onClose={details.close}
          position="right"
          size={340}
          title={t('inbox.details.title')}
          closeButtonProps={{ 'aria-label': t('shell.help.close') }}
        >
          <DetailsPanel conversation={conversation.data} />
        </Drawer>
      )}
      <WhyDrawer conversationId={conversationId} turnId={explainedTurn} thread={thread} onClose={() => explain(null)} />
    </div>
  );
}

/** Opening a conversation reads it, and so does a message that arrives while it is open in front of somebody. */
function useMarkReadOnOpen(conversationId: string, unreadCount: number): void {
  const { mutate } = useMarkRead();
  useEffect(() => {
    if (unreadCount === 0) return;
    const read = () => {
      if (document.visibilityState === 'visible') mutate(conversationId);
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [conversationId, unreadCount, mutate]);
}
