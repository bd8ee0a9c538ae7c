import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { demoQuery } from '../phone/simulator.queries.ts';
import { Avatar } from '../shell/avatar.tsx';
import { useDocumentTitle } from '../shell/document-title.ts';
import { Problem } from '../shell/problem.tsx';
import classes from './chat-demo.page.module.css';
import { ChatWindow } from './chat-window.tsx';

/** A plain page a business's visitor could chat on. */
export function ChatDemoPage() {
  const { t } = useTranslation();
  useDocumentTitle(t('chat.title'));
  const { business } = useSearch({ from: '/chat-demo' });
  return (
    <main className={classes.page}>
      <div className={classes.card}>{business ? <ChatWindow key={business} businessId={business} /> : <PickBusiness />}</div>
      <Link to="/phone" className={classes.back}>
        <IconArrowLeft size={14} aria-hidden />
        {t('shell.nav.phone')}
      </Link>
    </main>
  );
}

function PickBusiness() {
  const { t } = useTranslation();
  const demo = useQuery(demoQuery);
  if (demo.isError) return <Problem error={demo.error} onRetry={() => void demo.refetch()} />;
  return (
    <div className={classes.pick}>
      <h1>{t('chat.pick')}</h1>
      <ul>
        {demo.data?.businesses.map(({ id, name }) => (
          <li key={id}>
            <Link to="/chat-demo" search={{ business: id }}>
              <Avatar name={name} seed={id} size={40} />
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
