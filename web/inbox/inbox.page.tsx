import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isSignedOut, useMe } from '../session/me.query.ts';
import { SignedOut } from '../session/signed-out.tsx';
import { useDocumentTitle } from '../shell/document-title.ts';
import { ConversationList } from './conversation-list.tsx';
import { ConversationView } from './conversation-view.tsx';
import { NoConversationOpen } from './empty-states.tsx';
import classes from './inbox.page.module.css';
import { unreadQuery } from './inbox.queries.ts';
import { useLiveInbox } from './use-live-inbox.ts';

export function InboxPage() {
  const me = useMe();
  if (isSignedOut(me.error)) return <SignedOut />;
  return <Inbox />;
}

function Inbox() {
  const { t } = useTranslation();
  const { conversationId } = useParams({ strict: false });
  const search = useSearch({ from: '/staff/inbox' });
  const isLive = useLiveInbox();
  const unread = useQuery(unreadQuery);
  useDocumentTitle(t('inbox.title'), unread.data ?? 0);
  return (
    <div className={classes.panes} data-screen={conversationId ? 'thread' : 'list'}>
      <section className={classes.list} aria-label={t('inbox.listLabel')}>
        <ConversationList search={search} openId={conversationId ?? null} isLive={isLive} unread={unread.data ?? 0} />
      </section>
      <section className={classes.thread} aria-label={t('inbox.threadLabel')}>
        {conversationId ? <ConversationView key={conversationId} conversationId={conversationId} /> : <NoConversationOpen />}
      </section>
    </div>
  );
}
