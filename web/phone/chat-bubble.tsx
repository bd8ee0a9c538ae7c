import { IconAlertCircle, IconCheck, IconChecks, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BusinessTime } from '../time/business-time.ts';
import { formatAbsolute, formatClock } from '../time/business-time.ts';
import classes from './chat-bubble.module.css';
import type { Tick } from './chats.ts';
import { didNotArrive } from './chats.ts';
import type { SimMessage } from './simulator.types.ts';

const TICKS = { sending: IconClock, sent: IconCheck, delivered: IconChecks, read: IconChecks, lost: IconAlertCircle } as const;

interface Props {
  message: SimMessage;
  /** Only the phone's own messages have ticks. */
  tick: Tick | null;
  time: BusinessTime;
  isLast: boolean;
}

export function ChatBubble({ message, tick, time, isLast }: Props) {
  const { t } = useTranslation();
  if (didNotArrive(message)) return <NotArrived message={message} />;
  const Icon = tick && TICKS[tick];
  return (
    <>
      <div className={classes.bubble} data-own={tick ? true : undefined}>
        {message.media.map(({ sid, path }) => (
          <img key={sid} className={classes.image} src={path} alt={t('phone.picture')} loading="lazy" />
        ))}
        {message.body && <p className={classes.text}>{message.body}</p>}
        <span className={classes.meta}>
          <time dateTime={message.createdAt} title={formatAbsolute(message.createdAt, time)}>
            {formatClock(message.createdAt, time)}
          </time>
          {Icon && (
            <span className={classes.tick} data-tick={tick} role="img" aria-label={t(`phone.tick.${tick}`)} title={t(`phone.tick.${tick}`)}>
              <Icon size={15} stroke={2} aria-hidden />
            </span>
          )}
        </span>
      </div>
      {isLast && !tick && <p className={classes.status}>{t('phone.twilioStatus', { status: message.status })}</p>}
      {tick === 'lost' && <p className={classes.status}>{t('phone.lost')}</p>}
    </>
  );
}

/** A reply that never reached this phone: shown to whoever tests, as nobody holding the phone would see it. */
function NotArrived({ message }: { message: SimMessage }) {
  const { t } = useTranslation();
  return (
    <div className={classes.notArrived}>
      <strong>{t('phone.notArrived', { status: message.status })}</strong>
      {message.errorCode !== null && (
        <span>
          {message.errorCode}
          {message.errorMessage && ` · ${message.errorMessage}`}
        </span>
      )}
      <p>{message.body}</p>
    </div>
  );
}

export function TypingBubble() {
  const { t } = useTranslation();
  return (
    <div className={classes.typing} role="status" aria-label={t('phone.typing')}>
      <span />
      <span />
      <span />
    </div>
  );
}
