import { Button, Menu } from '@mantine/core';
import { IconClock, IconClockPlay, IconHistory } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatClock, formatShortDay } from '../time/business-time.ts';
import classes from './clock.control.module.css';
import { advanceClock, simClockQuery } from './simulator.queries.ts';
import { usePhonesTime } from './use-phones-time.ts';
import { useSimNow } from './use-sim-now.ts';

const HOUR_MS = 3_600_000;
const JUMPS = [
  ['hour', HOUR_MS],
  ['day', 25 * HOUR_MS],
  ['week', 7 * 24 * HOUR_MS],
] as const;

/** The installation's clock, with jumps over WhatsApp's 24 hours. */
export function ClockControl() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const clock = useQuery(simClockQuery);
  const now = useSimNow();
  const jump = useMutation({
    mutationFn: advanceClock,
    onSuccess: (after) => {
      queryClient.setQueryData(simClockQuery.queryKey, { now: after.now, offsetMs: after.offsetMs });
      void queryClient.invalidateQueries({ queryKey: ['clock'] });
    },
  });
  const offsetMs = clock.data?.offsetMs ?? 0;
  const time = usePhonesTime();
  const isMoved = Math.abs(offsetMs) > HOUR_MS / 2;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          loading={jump.isPending}
          leftSection={<IconClock size={15} />}
          className={classes.button}
          data-moved={isMoved || undefined}
        >
          {isMoved ? `${formatShortDay(now, time)}, ${formatClock(now, time)}` : formatClock(now, time)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('phone.clock.label')}</Menu.Label>
        {JUMPS.map(([name, ms]) => (
          <Menu.Item key={name} leftSection={<IconClockPlay size={16} />} onClick={() => jump.mutate(ms)}>
            {t(`phone.clock.${name}`)}
          </Menu.Item>
        ))}
        {offsetMs !== 0 && (
          <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => jump.mutate(-offsetMs)}>
            {t('phone.clock.back')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
