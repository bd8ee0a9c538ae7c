import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ruleForTwilioError } from '#domain/messages/twilio-errors';
import type { Message } from '../api/api.types.ts';
import { useProblemText } from '../shell/problem.tsx';
import { formatClock } from '../time/business-time.ts';
import { useBusinessTime } from '../time/clock.ts';
import classes from './delivery-problem.module.css';
import type { DeliveryView } from './delivery.view.ts';
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
  const { t, i18n } = useTranslation();
  const time = useBusinessTime();
  const error = delivery?.error;
  // The API words it in the business's language; the reader may have chosen the other one.
  const reason = error ? (error.code === null ? error.text : ruleForTwilioError(error.code).words[i18n.language === 'nl' ? 'nl' : 'en']) : null;
  switch (view) {
    case 'failed':
      return [t('inbox.delivery.failed'), reason?.replace(/\.$/, ''), error?.code ? t('inbox.code', { code: error.code }) : null].filter(Boolean).join(' · ');
    case 'waiting': {
      const waitsFor = delivery?.waitsFor === 'template' || delivery?.waitsFor === 'credentials' ? delivery.waitsFor : 'twilio';
      const next = delivery?.nextTryAt ? t('inbox.nextTry', { at: formatClock(delivery.nextTryAt, time) }) : null;
      // What a template is waited for says why already.
      return [t(`inbox.waitsFor.${waitsFor}`), next, waitsFor === 'template' ? null : reason].filter(Boolean).join(' · ');
    }
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
