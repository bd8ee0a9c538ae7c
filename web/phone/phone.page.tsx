import { ActionIcon, Button, Drawer, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconLayoutSidebarRight, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '../shell/document-title.ts';
import { Problem } from '../shell/problem.tsx';
import { AddPhoneDialog } from './add-phone.dialog.tsx';
import { chatsWith } from './chats.ts';
import { ClockControl } from './clock.control.tsx';
import { Instruments } from './instruments.tsx';
import classes from './phone.page.module.css';
import { PhoneDevice } from './phone-device.tsx';
import { demoQuery, faultsQuery } from './simulator.queries.ts';
import { usePhones } from './use-phones.ts';
import { useSimulatorStream } from './use-simulator-stream.ts';

export function PhonePage() {
  const { t } = useTranslation();
  useDocumentTitle(t('phone.title'));
  const demo = useQuery(demoQuery);
  const faults = useQuery(faultsQuery);
  const connected = useSimulatorStream();
  const { phones, add, change, remove } = usePhones();
  const { phone: wanted, panel } = useSearch({ from: '/staff/phone' });
  const navigate = useNavigate();
  const isWide = useMediaQuery('(min-width: 1080px)', true, { getInitialValueInEffect: false });
  const [adding, setAdding] = useState(false);
  const table = useRef<HTMLDivElement>(null);

  const showsPanel = panel === undefined ? isWide : panel !== 'closed';
  const setPanel = (next: typeof panel) => void navigate({ to: '/phone', search: (before) => ({ ...before, panel: next }), replace: true });
  useWantedPhone(wanted, phones, add, table);

  if (demo.isError) return <Problem error={demo.error} onRetry={() => void demo.refetch()} />;
  const chats = demo.data ? chatsWith(demo.data.businesses) : null;
  const instruments = <Instruments panel={panel === undefined || panel === 'closed' ? 'webhooks' : panel} onPanel={setPanel} />;
  const activeFaults = faults.data?.length ?? 0;
  return (
    <div className={classes.page}>
      <div className={classes.main}>
        <header className={classes.header}>
          <div className={classes.title}>
            <h1>{t('phone.title')}</h1>
            <p>{t('phone.subtitle')}</p>
          </div>
          <span className={classes.live} data-live={connected || undefined} role="status">
            {t(connected ? 'shell.live.on' : 'shell.live.off')}
          </span>
          <ClockControl />
          <Button className={classes.addButton} variant="default" size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
            {t('phone.add.action')}
          </Button>
          <Tooltip label={t(showsPanel ? 'phone.panel.close' : 'phone.panel.open')}>
            <ActionIcon
              variant={activeFaults > 0 ? 'light' : 'default'}
              color={activeFaults > 0 ? 'red' : undefined}
              size={30}
              aria-pressed={showsPanel}
              aria-label={t(showsPanel ? 'phone.panel.close' : 'phone.panel.open')}
              onClick={() => setPanel(showsPanel ? 'closed' : activeFaults > 0 ? 'faults' : 'webhooks')}
            >
              <IconLayoutSidebarRight size={17} />
            </ActionIcon>
          </Tooltip>
        </header>
        <div ref={table} className={classes.table} tabIndex={0} role="group" aria-label={t('phone.title')}>
          {phones.map((phone) => (
            <PhoneDevice
              key={phone.id}
              phone={phone}
              chats={chats}
              onChange={(patch) => change(phone.id, patch)}
              onRemove={phones.length > 1 ? () => remove(phone.id) : null}
            />
          ))}
          <button type="button" className={classes.addCard} onClick={() => setAdding(true)}>
            <IconPlus size={22} stroke={1.6} aria-hidden />
            <span>{t('phone.add.action')}</span>
          </button>
        </div>
      </div>
      {isWide && showsPanel && (
        <aside className={classes.panel} aria-label={t('phone.panel.label')}>
          {instruments}
        </aside>
      )}
      {!isWide && (
        <Drawer
          opened={showsPanel}
          onClose={() => setPanel('closed')}
          position="right"
          size="100%"
          title={t('phone.panel.label')}
          closeButtonProps={{ 'aria-label': t('shell.help.close') }}
          styles={{ body: { padding: 0 } }}
        >
          {instruments}
        </Drawer>
      )}
      <AddPhoneDialog opened={adding} taken={phones.map(({ number }) => number)} onClose={() => setAdding(false)} onAdd={add} />
    </div>
  );
}

type Phones = ReturnType<typeof usePhones>;

/** Brings the phone a link asked for into view, adding it when it is not on the table. */
function useWantedPhone(wanted: string | undefined, phones: Phones['phones'], add: Phones['add'], table: { current: HTMLElement | null }): void {
  const done = useRef<string>(undefined);
  useEffect(() => {
    if (!wanted || done.current === wanted) return;
    if (!phones.some(({ number }) => number === wanted)) return void (/^\+[1-9]\d{6,14}$/.test(wanted) && add({ name: wanted, number: wanted }));
    done.current = wanted;
    table.current?.querySelector(`[data-number="${wanted}"]`)?.scrollIntoView({ behavior: 'smooth', inline: 'center', block: 'nearest' });
  }, [wanted, phones, add, table]);
}
