import { SegmentedControl, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../shell/problem.tsx';
import { formatClock } from '../time/business-time.ts';
import { webhooksQuery } from './simulator.queries.ts';
import type { WebhookRecord } from './simulator.types.ts';
import { usePhonesTime } from './use-phones-time.ts';
import { WebhookDetail } from './webhook.detail.tsx';
import classes from './webhook.inspector.module.css';
import type { WebhookFilter } from './webhook.view.ts';
import { filterWebhooks, outcomeOf, summaryOf, WEBHOOK_FILTERS } from './webhook.view.ts';

const SHOWN = 150;

/** Every webhook the simulated Twilio called, with its answer; newest first. */
export function WebhookInspector() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<WebhookFilter>('all');
  const [openId, setOpenId] = useState<number | null>(null);
  const webhooks = useQuery(webhooksQuery);
  if (webhooks.isError) return <Problem error={webhooks.error} onRetry={() => void webhooks.refetch()} />;
  const records = filterWebhooks(webhooks.data ?? [], filter)
    .slice(-SHOWN)
    .toReversed();
  return (
    <div>
      <div className={classes.top}>
        <SegmentedControl
          fullWidth
          size="xs"
          value={filter}
          onChange={(value) => setFilter(WEBHOOK_FILTERS.find((name) => name === value) ?? 'all')}
          data={WEBHOOK_FILTERS.map((name) => ({ value: name, label: t(`phone.webhooks.filter.${name}`) }))}
          aria-label={t('phone.webhooks.filterLabel')}
        />
      </div>
      {records.length === 0 && <p className={classes.empty}>{webhooks.isPending ? t('shell.loading') : t('phone.webhooks.empty')}</p>}
      <ul className={classes.list}>
        {records.map((record) => (
          <li key={record.id}>
            <WebhookRow record={record} isOpen={record.id === openId} onToggle={() => setOpenId(record.id === openId ? null : record.id)} />
            {record.id === openId && <WebhookDetail record={record} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function WebhookRow({ record, isOpen, onToggle }: { record: WebhookRecord; isOpen: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  const { status, ms, attempts, tone } = outcomeOf(record);
  const time = usePhonesTime();
  return (
    <UnstyledButton className={classes.row} aria-expanded={isOpen} onClick={onToggle}>
      <IconChevronRight size={14} className={classes.chevron} aria-hidden />
      <span className={classes.status} data-tone={tone}>
        {status ?? '—'}
      </span>
      <span className={classes.words}>
        <span className={classes.kind}>{t(`phone.webhooks.kind.${record.kind}`)}</span>
        <span className={classes.summary}>{summaryOf(record)}</span>
      </span>
      {record.faulted && <span className={classes.faulted}>{record.faulted}</span>}
      {attempts > 1 && <span className={classes.tries}>{t('phone.webhooks.tries', { count: attempts })}</span>}
      <span className={classes.ms}>
        {ms} ms
        <br />
        {formatClock(record.at, time)}
      </span>
    </UnstyledButton>
  );
}
