import { IconAlertCircle, IconBan, IconCheck, IconChecks, IconClock, IconEyeSearch, IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeliveryView } from './delivery.view.ts';
import classes from './delivery-ticks.module.css';

const ICONS = {
  sending: IconClock,
  checking: IconEyeSearch,
  waiting: IconHourglass,
  superseded: IconBan,
  failed: IconAlertCircle,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
} as const;

export function DeliveryTicks({ view }: { view: DeliveryView }) {
  const { t } = useTranslation();
  const Icon = ICONS[view];
  const label = t(`inbox.delivery.${view}`);
  return (
    <span className={classes.ticks} data-view={view} role="img" aria-label={label} title={label}>
      <Icon size={15} stroke={2} aria-hidden />
    </span>
  );
}
