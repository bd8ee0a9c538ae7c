import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Problem } from '../shell/problem.tsx';
import { formatClock } from '../time/business-time.ts';
import classes from './ledger.panel.module.css';
import { ledgerQuery } from './simulator.queries.ts';
import { usePhonesTime } from './use-phones-time.ts';

const SHOWN = 200;

/** Everything the simulated Twilio accepted, refused and reported, newest first. */
export function LedgerPanel() {
  const { t } = useTranslation();
  const ledger = useQuery(ledgerQuery);
  const time = usePhonesTime();
  if (ledger.isError) return <Problem error={ledger.error} onRetry={() => void ledger.refetch()} />;
  const entries = ledger.data?.slice(-SHOWN).toReversed() ?? [];
  if (entries.length === 0) return <p className={classes.empty}>{ledger.isPending ? t('shell.loading') : t('phone.ledger.empty')}</p>;
  return (
    <ol className={classes.list}>
      {entries.map((entry) => (
        <li key={entry.n} className={classes.entry}>
          <span className={classes.time}>{formatClock(entry.at, time)}</span>
          <code data-kind={entry.errorCode || entry.faulted ? 'bad' : undefined}>{entry.kind}</code>
          <span className={classes.what}>{[entry.status, entry.errorCode, entry.faulted, entry.body].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ol>
  );
}
