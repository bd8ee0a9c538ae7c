import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ruleForTwilioError } from '#domain/messages/twilio-errors';
import type { Delivery, Message } from '../api/api.types.ts';
import { useProblemText } from '../shell/problem.tsx';
import { formatClock } from '../time/business-time.ts';
import { useBusinessTime } from '../time/clock.ts';
import type { DeliveryView } from './delivery.view.ts';
import classes from './delivery-problem.module.css';
import { useRetryMessage } from './inbox.mutations.ts';

/** Under a message that did not simply arrive: why, in words and code, what happens next, and the way to try again. */
export function DeliveryProblem({ message, view, conversationId }: { message: Message; view: DeliveryView; conversationId: string }) {
  const { t } = useTranslation();
  const retry = useRetryMessage(conversationId);
  const refusal = useProblemText(retry.error);
  const text = useProblemWords(message, view);
  const canRetry = view === 'failed' || view === 'waiting';
  if (text === null) return null;
  return (
    <div className={classes.problem} data-view={view}>
      <span>{text}</span>
      {canRetry && (
        <Button
          size="compact-xs"
          variant="subtle"
          color={view === 'failed' ? 'red' : 'yellow'}
          className={classes.retry}
          loading={retry.isPending}
          leftSection={<IconRefresh size={13} />}
          onClick={() => retry.mutate(message.id)}
        >
          {t('inbox.retry')}
        </Button>
      )}
      {retry.isError && <span role="alert">{refusal}</span>}
    </div>
  );
}

function useProblemWords({ delivery }: Message, view: DeliveryView): string | null {
  const { t } = useTranslation();
  const reason = useReason(delivery?.error ?? null);
  const waiting = useWaitingWords(delivery, reason);
  switch (view) {
    case 'failed':
      return joined(t('inbox.delivery.failed'), reason, delivery?.error?.code ? t('inbox.code', { code: delivery.error.code }) : null);
    case 'waiting':
      return waiting;
    case 'checking':
      return t('inbox.checkingText');
    case 'superseded':
      return t('inbox.supersededText');
    case 'sending':
      return delivery && delivery.attempts > 1 ? t('inbox.attempt', { count: delivery.attempts }) : null;
    default:
      return null;
  }
}

/** The API words a reason in the business's language; the reader may have chosen the other one. */
function useReason(error: Delivery['error']): string | null {
  const { i18n } = useTranslation();
  if (!error) return null;
  const words = error.code === null ? error.text : ruleForTwilioError(error.code).words[i18n.language === 'nl' ? 'nl' : 'en'];
  return words.replace(/\.$/, '');
}

function useWaitingWords(delivery: Delivery | null, reason: string | null): string {
  const { t } = useTranslation();
  const time = useBusinessTime();
  const next = delivery?.nextTryAt ? t('inbox.nextTry', { at: formatClock(delivery.nextTryAt, time) }) : null;
  switch (delivery?.waitsFor) {
    case 'template':
      // What a template is waited for says why already.
      return joined(t('inbox.waitsFor.template'), next);
    case 'credentials':
      return joined(t('inbox.waitsFor.credentials'), next, reason);
    default:
      return joined(t('inbox.waitsFor.twilio'), next, reason);
  }
}

const joined = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' · ');
