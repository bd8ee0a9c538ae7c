import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import type { Messages } from '../i18n/messages.ts';
import { CopyText } from './copy-text.tsx';
import classes from './problem.module.css';

/** Says what happened in words, whether anything is lost, what to do, and which request to name when asking for help. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div className={classes.problem} role="alert">
      <IconAlertTriangle size={22} stroke={1.7} aria-hidden className={classes.icon} />
      <p>{useProblemText(error)}</p>
      {requestId && <CopyText isCode text={requestId} shown={t('shell.error.requestId', { id: requestId })} />}
      {onRetry && (
        <Button variant="default" size="xs" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
          {t('shell.error.retry')}
        </Button>
      )}
    </div>
  );
}

const WORDED = {
  'rate.limited': 'rate_limited',
  'message.opted_out': 'message_opted_out',
  'message.not_retryable': 'message_not_retryable',
  'workflow.unreachable': 'workflow_unreachable',
  'workflow.unavailable': 'workflow_unavailable',
  'conversation.not_found': 'conversation_not_found',
  'turn.not_found': 'turn_not_found',
  'auth.csrf': 'auth_csrf',
  'intake.unavailable': 'intake_unavailable',
  'business.not_found': 'business_not_found',
  'simulator.unreachable': 'simulator_unreachable',
} as const satisfies Record<string, keyof Messages['shell']['problem']>;
const hasWords = (code: string): code is keyof typeof WORDED => Object.hasOwn(WORDED, code);

/** Our words in the reader's language where the code is known, ours again for faults, the server's own for the rest. */
export function useProblemText(error: unknown): string {
  const { t } = useTranslation();
  if (!(error instanceof ApiError)) return t('shell.error.unexpected');
  if (hasWords(error.code)) return t(`shell.problem.${WORDED[error.code]}`);
  if (error.status === 0 || error.status === 502 || error.status === 504) return t('shell.error.unreachable');
  if (error.status >= 500 && error.status !== 503) return t('shell.error.unexpected');
  return error.message;
}
