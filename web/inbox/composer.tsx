import { ActionIcon, Textarea, Tooltip } from '@mantine/core';
import { IconClockPause, IconLock, IconSend2 } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail, Me } from '../api/api.types.ts';
import { useProblemText } from '../shell/problem.tsx';
import { useShortcuts } from '../shell/shortcuts.ts';
import { formatAbsolute, formatRemaining } from '../time/business-time.ts';
import { useBusinessTime, useNow } from '../time/clock.ts';
import classes from './composer.module.css';
import { draftOf, keepDraft } from './drafts.ts';
import { useSendMessage } from './inbox.mutations.ts';
import { windowOf } from './whatsapp-window.ts';

const LONGEST_TEXT = 4_000;
const HURRY_MS = 2 * 60 * 60_000;

export function Composer({ conversation, me }: { conversation: ConversationDetail; me: Me | undefined }) {
  const { t } = useTranslation();
  const time = useBusinessTime();
  const window = windowOf(conversation, useNow(1_000));
  if (window.state === 'closed') {
    return (
      <div className={classes.locked} role="status">
        <IconLock size={18} stroke={1.8} aria-hidden />
        <div>
          <strong>{t('inbox.window.closedTitle')}</strong>
          <p>{window.endedAt ? t('inbox.window.closedText', { at: formatAbsolute(window.endedAt, time) }) : t('inbox.window.neverText')}</p>
        </div>
      </div>
    );
  }
  return <OpenComposer conversation={conversation} me={me} leftMs={window.state === 'open' ? window.leftMs : null} />;
}

function OpenComposer({ conversation, me, leftMs }: { conversation: ConversationDetail; me: Me | undefined; leftMs: number | null }) {
  const { t } = useTranslation();
  const time = useBusinessTime();
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => draftOf(conversation.id));
  useEffect(() => keepDraft(conversation.id, text), [conversation.id, text]);
  const send = useSendMessage(conversation.id, me, (draft) => setText((typed) => typed || draft.text));
  const problem = useProblemText(send.error);
  const isHurry = leftMs !== null && leftMs < HURRY_MS;
  useShortcuts({
    r: (event) => {
      event.preventDefault();
      input.current?.focus();
    },
  });

  const submit = () => {
    const words = text.trim();
    if (words === '') return;
    setText('');
    send.mutate({ text: words, clientId: crypto.randomUUID() });
    input.current?.focus();
  };
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        ref={input}
        variant="unstyled"
        autosize
        minRows={1}
        maxRows={8}
        value={text}
        maxLength={LONGEST_TEXT}
        placeholder={t('inbox.composer.placeholder')}
        aria-label={t('inbox.composer.label')}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          submit();
        }}
      />
      <div className={classes.bottom}>
        {send.isError ? (
          <span className={classes.problem} role="alert">
            {t('inbox.composer.notSent')} {problem}
          </span>
        ) : leftMs === null ? (
          <span className={classes.hint}>{t('inbox.composer.hint')}</span>
        ) : (
          <span className={classes.window} data-hurry={isHurry || undefined}>
            <IconClockPause size={14} aria-hidden />
            {t('inbox.window.open', { left: formatRemaining(leftMs, time) })}
          </span>
        )}
        <Tooltip label={t('inbox.composer.send')}>
          <ActionIcon type="submit" size={32} radius="md" disabled={text.trim() === ''} aria-label={t('inbox.composer.send')}>
            <IconSend2 size={17} />
          </ActionIcon>
        </Tooltip>
      </div>
    </form>
  );
}
