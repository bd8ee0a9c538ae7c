import { UnstyledButton } from '@mantine/core';
import { IconArrowMerge, IconHelpCircle, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../api/api.types.ts';
import { Moment } from '../time/moment.tsx';
import { deliveryView } from './delivery.view.ts';
import { DeliveryProblem } from './delivery-problem.tsx';
import { DeliveryTicks } from './delivery-ticks.tsx';
import classes from './message-bubble.module.css';
import { isCoverReason } from './turns.ts';

interface Props {
  message: Message;
  conversationId: string;
  /** Same writer, same breath: the name is not repeated. */
  isContinued: boolean;
  /** How many customer messages this reply answers; 0 when one or none. */
  covers: number;
  onExplain: (turnId: string) => void;
}

export function MessageBubble({ message, conversationId, isContinued, covers, onExplain }: Props) {
  const { t } = useTranslation();
  const { role, text, media, quickReplies, at, turnId, memberName } = message;
  const view = deliveryView(message);
  const writer = role === 'member' ? (memberName ?? t('inbox.role.member')) : role === 'assistant' ? t('inbox.role.assistant') : null;
  return (
    <article className={classes.message} data-role={role} data-continued={isContinued || undefined} data-delivery={view ?? undefined}>
      {writer && !isContinued && (
        <header className={classes.writer}>
          {role === 'assistant' && <IconSparkles size={13} aria-hidden />}
          {writer}
        </header>
      )}
      <div className={classes.bubble}>
        {media.map(({ contentType, url }) => (
          <Attachment key={url} contentType={contentType} url={url} />
        ))}
        {text && <p className={classes.text}>{text}</p>}
        <footer className={classes.meta}>
          <Moment at={at} as="clock" />
          {view && <DeliveryTicks view={view} />}
        </footer>
      </div>
      {quickReplies.length > 0 && (
        <ul className={classes.quickReplies} aria-label={t('inbox.quickReplies')}>
          {quickReplies.map(({ label, payload }) => (
            <li key={payload}>{label}</li>
          ))}
        </ul>
      )}
      {(covers > 0 || (role === 'assistant' && turnId)) && (
        <div className={classes.below}>
          {covers > 0 && (
            <span className={classes.covers}>
              <IconArrowMerge size={13} aria-hidden />
              {t('inbox.covers', { count: covers })}
            </span>
          )}
          {role === 'assistant' && turnId && (
            <UnstyledButton className={classes.why} onClick={() => onExplain(turnId)}>
              <IconHelpCircle size={13} aria-hidden />
              {t('inbox.why.action')}
            </UnstyledButton>
          )}
        </div>
      )}
      {isCoverReason(message.coverReason) && <p className={classes.notAnswered}>{t(`inbox.coverReason.${message.coverReason}`)}</p>}
      {view && <DeliveryProblem message={message} view={view} conversationId={conversationId} />}
    </article>
  );
}

function Attachment({ contentType, url }: { contentType: string; url: string }) {
  const { t } = useTranslation();
  if (contentType.startsWith('image/')) return <img className={classes.image} src={url} alt={t('inbox.attachment')} loading="lazy" />;
  return (
    <a className={classes.file} href={url} target="_blank" rel="noreferrer">
      {t('inbox.attachment')} · {contentType}
    </a>
  );
}
