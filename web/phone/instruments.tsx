import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FaultPanel } from './fault.panel.tsx';
import classes from './instruments.module.css';
import { LedgerPanel } from './ledger.panel.tsx';
import type { Panel } from './phone.search.ts';
import { PANELS } from './phone.search.ts';
import { faultsQuery } from './simulator.queries.ts';
import { WebhookInspector } from './webhook.inspector.tsx';

/** What happens behind the phones: webhooks, faults, and what Twilio wrote down. */
export function Instruments({ panel, onPanel }: { panel: Panel; onPanel: (panel: Panel) => void }) {
  const { t } = useTranslation();
  const faults = useQuery(faultsQuery);
  const active = faults.data?.length ?? 0;
  return (
    <Tabs
      value={panel}
      keepMounted={false}
      onChange={(value) => onPanel(PANELS.find((known) => known === value) ?? 'webhooks')}
      className={classes.instruments}
    >
      <Tabs.List className={classes.tabs}>
        {PANELS.map((name) => (
          <Tabs.Tab key={name} value={name} rightSection={name === 'faults' && active > 0 ? <span className={classes.count}>{active}</span> : null}>
            {t(`phone.panel.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="webhooks" className={classes.panel}>
        <WebhookInspector />
      </Tabs.Panel>
      <Tabs.Panel value="faults" className={classes.panel}>
        <FaultPanel />
      </Tabs.Panel>
      <Tabs.Panel value="ledger" className={classes.panel}>
        <LedgerPanel />
      </Tabs.Panel>
    </Tabs>
  );
}
