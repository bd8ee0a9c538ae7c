import { Button, Skeleton } from '@mantine/core';
import { IconDeviceMobileMessage, IconFilterOff, IconInbox, IconMessages } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/me.query.ts';
import classes from './empty-states.module.css';

/** Widths in percent of a row's name and of its preview, uneven like real ones. */
const SKELETON_ROWS = [
  [42, 88],
  [61, 74],
  [50, 92],
  [66, 70],
  [46, 83],
  [58, 90],
  [44, 77],
  [63, 86],
  [52, 72],
] as const;

export function ConversationListSkeleton() {
  return (
    <div className={classes.skeleton} aria-hidden>
      {SKELETON_ROWS.map(([name, preview]) => (
        <div key={name} className={classes.skeletonRow}>
          <Skeleton circle height={38} />
          <div>
            <Skeleton height={11} width={`${name}%`} radius="sm" />
            <Skeleton height={10} width={`${preview}%`} radius="sm" mt={9} />
          </div>
        </div>
      ))}
    </div>
  );
}

export function ThreadSkeleton() {
  return (
    <div className={classes.threadSkeleton} aria-hidden>
      {[52, 34, 61, 40].map((width, row) => (
        <Skeleton key={width} height={row % 2 === 0 ? 44 : 62} width={`${width}%`} radius="lg" ml={row % 2 === 0 ? 0 : 'auto'} />
      ))}
    </div>
  );
}

export function NoConversations({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation();
  const Icon = filtered ? IconFilterOff : IconInbox;
  return (
    <div className={classes.empty}>
      <Icon size={28} stroke={1.5} aria-hidden />
      <h2>{t(filtered ? 'inbox.empty.filteredTitle' : 'inbox.empty.title')}</h2>
      <p>{t(filtered ? 'inbox.empty.filteredText' : 'inbox.empty.text')}</p>
      {filtered ? (
        <Button variant="default" size="xs" renderRoot={(props) => <Link to="/inbox" search={{}} {...props} />}>
          {t('inbox.empty.clear')}
        </Button>
      ) : (
        <TryOnPhone />
      )}
    </div>
  );
}

export function NoConversationOpen() {
  const { t } = useTranslation();
  return (
    <div className={classes.empty} data-tall>
      <IconMessages size={34} stroke={1.3} aria-hidden />
      <h2>{t('inbox.noneOpen.title')}</h2>
      <p>{t('inbox.noneOpen.text')}</p>
      <TryOnPhone />
    </div>
  );
}

function TryOnPhone() {
  const { t } = useTranslation();
  const me = useMe();
  if (!me.data?.testMode) return null;
  return (
    <Button variant="light" size="xs" leftSection={<IconDeviceMobileMessage size={15} />} renderRoot={(props) => <Link to="/phone" {...props} />}>
      {t('inbox.empty.tryPhone')}
    </Button>
  );
}
