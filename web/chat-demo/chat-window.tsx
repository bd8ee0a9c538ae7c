import { ActionIcon, Skeleton, Tooltip, UnstyledButton } from '@mantine/core';
import { IconRefresh, IconSend2 } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { useLocale } from '../i18n/locale.ts';
import { Avatar } from '../shell/avatar.tsx';
import { Problem, useProblemText } from '../shell/problem.tsx';
import { formatAbsolute, formatClock } from '../time/business-time.ts';
import type { ShownMessage } from './chat.state.ts';
import { openQuickReplies } from './chat.state.ts';
import classes from './chat-window.module.css';
import { useChat } from './use-chat.ts';

const LONGEST_TEXT = 2_000;
const DEFAULT_WAIT_SECONDS = 30;

export function ChatWindow({ businessId }: { businessId: string }) {
  const { t } = useTranslation();
  const { session, messages, waiting, error, send, retry, startOver, loadOlder } = useChat(businessId);
  const scroller = useRef<HTMLDivElement>(null);
  const newestId = messages.at(-1)?.id;
  useEffect(() => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [newestId, waiting]);

  if (session.isError) return <Problem error={session.error} onRetry={() => void session.refetch()} />;
  const name = session.data?.business.name ?? '';
  return (
    <>
      <header className={classes.header}>
        {name ? <Avatar name={name} seed={businessId} size={36} /> : <Skeleton circle height={36} />}
        <h1>{name}</h1>
        <Tooltip label={t('chat.startOver')}>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('chat.startOver')} onClick={startOver}>
            <IconRefresh size={17} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div ref={scroller} className={classes.messages} role="log" aria-label={t('chat.messages')} tabIndex={0}>
        {session.isSuccess && messages.length === 0 && <p className={classes.hello}>{t('chat.hello')}</p>}
        {loadOlder && (
          <UnstyledButton className={classes.older} onClick={loadOlder}>
            {t('chat.older')}
          </UnstyledButton>
        )}
        {messages.map((message) => (
          <Bubble key={message.id} message={message} onRetry={() => void retry(message.id, message.text)} />
        ))}
        {waiting === 'typing' && (
          <div className={classes.typing} role="status" aria-label={t('chat.typing', { name })}>
            <span />
            <span />
            <span />
          </div>
        )}
        {waiting === 'with_staff' && (
          <p className={classes.note} role="status">
            {t('chat.withStaff')}
          </p>
        )}
      </div>
      <Suggestions messages={messages} onPick={send} />
      {error !== null && <SendProblem error={error} />}
      <ChatInput disabled={!session.isSuccess} onSend={(text) => send(text)} />
    </>
  );
}

function Bubble({ message, onRetry }: { message: ShownMessage; onRetry: () => void }) {
  const { t } = useTranslation();
  const time = { locale: useLocale(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  return (
    <article className={classes.message} data-role={message.role} data-state={message.state}>
      <p className={classes.bubble}>{message.text}</p>
      <p className={classes.meta}>
        {message.role === 'member' && `${t('chat.role.member')} · `}
        <time dateTime={message.at} title={formatAbsolute(message.at, time)}>
          {formatClock(message.at, time)}
        </time>
        {message.state === 'failed' && (
          <>
            {' · '}
            {t('chat.notSent')}{' '}
            <UnstyledButton className={classes.retry} onClick={onRetry}>
              {t('chat.retry')}
            </UnstyledButton>
          </>
        )}
      </p>
    </article>
  );
}

function Suggestions({ messages, onPick }: { messages: ShownMessage[]; onPick: (text: string, payload: string) => void }) {
  const { t } = useTranslation();
  const suggestions = openQuickReplies(messages);
  if (suggestions.length === 0) return null;
  return (
    <ul className={classes.suggestions} aria-label={t('chat.quickReplies')}>
      {suggestions.map(({ label, payload }) => (
        <li key={payload}>
          <button type="button" onClick={() => onPick(label, payload)}>
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
}

function SendProblem({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const words = useProblemText(error);
  const isTooMany = error instanceof ApiError && error.status === 429;
  return (
    <p className={classes.problem} role="alert">
      {isTooMany ? t('chat.slowDown', { seconds: error.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS }) : words}
    </p>
  );
}

function ChatInput({ disabled, onSend }: { disabled: boolean; onSend: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '' || disabled) return;
        onSend(text.trim());
        setText('');
      }}
    >
      <input
        value={text}
        maxLength={LONGEST_TEXT}
        autoComplete="off"
        enterKeyHint="send"
        placeholder={t('chat.placeholder')}
        aria-label={t('chat.label')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ActionIcon type="submit" size={38} radius="xl" disabled={disabled || text.trim() === ''} aria-label={t('chat.send')}>
        <IconSend2 size={18} />
      </ActionIcon>
    </form>
  );
}
