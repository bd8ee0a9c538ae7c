import { Button, CopyButton, Group } from '@mantine/core';
import { IconCheck, IconCopy, IconRepeat } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../shell/problem.tsx';
import { resendWebhook } from './simulator.queries.ts';
import type { WebhookRecord } from './simulator.types.ts';
import classes from './webhook.detail.module.css';

/** One webhook opened: what was sent, what came back at each try, as curl, and again. */
export function WebhookDetail({ record }: { record: WebhookRecord }) {
  const { t } = useTranslation();
  const resend = useMutation({ mutationFn: () => resendWebhook(record.id) });
  const problem = useProblemText(resend.error);
  return (
    <div className={classes.detail}>
      <Group gap="xs">
        <CopyButton value={record.curl}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />} onClick={copy}>
              {t(copied ? 'shell.copied' : 'phone.webhooks.curl')}
            </Button>
          )}
        </CopyButton>
        <Button size="compact-xs" variant="default" loading={resend.isPending} leftSection={<IconRepeat size={13} />} onClick={() => resend.mutate()}>
          {t('phone.webhooks.resend')}
        </Button>
        {resend.isError && <span role="alert">{problem}</span>}
      </Group>
      <p className={classes.url}>POST {record.url}</p>
      <h4>{t('phone.webhooks.parameters')}</h4>
      <Pairs pairs={record.parameters} />
      <h4>{t('phone.webhooks.headers')}</h4>
      <Pairs pairs={Object.entries(record.headers)} />
      {record.attempts.map(({ attempt, status, ms, error, body }) => (
        <section key={attempt}>
          <h4>
            {t('phone.webhooks.answer', { attempt })} · {status ?? error ?? '—'} · {ms} ms
          </h4>
          <pre className={classes.body}>{body || t('phone.webhooks.noBody')}</pre>
        </section>
      ))}
    </div>
  );
}

function Pairs({ pairs }: { pairs: readonly (readonly [string, string])[] }) {
  return (
    <dl className={classes.pairs}>
      {pairs.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
