import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../shell/problem.tsx';
import type { FaultGroup, Frequency } from './fault.catalogue.ts';
import { activeFaults, FAULT_SWITCHES, FREQUENCIES } from './fault.catalogue.ts';
import classes from './fault.panel.module.css';
import { addFault, faultsQuery, removeAllFaults, removeFault } from './simulator.queries.ts';
import type { Fault, FaultRequest } from './simulator.types.ts';

const POLL_MS = 2_000;
const GROUPS = Object.keys(FAULT_SWITCHES) as FaultGroup[];
const FREQUENCY_NAMES = Object.keys(FREQUENCIES) as Frequency[];

/** Makes things go wrong on purpose, in words, with one way back. */
export function FaultPanel() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [frequency, setFrequency] = useState<Frequency>('always');
  const faults = useQuery({ ...faultsQuery, refetchInterval: ({ state }) => (state.data && state.data.length > 0 ? POLL_MS : false) });
  const refresh = () => queryClient.invalidateQueries({ queryKey: faultsQuery.queryKey });
  const change = useMutation({
    mutationFn: async ({ on, active, request }: { on: boolean; active: Fault[]; request: FaultRequest }) => {
      if (on) await addFault({ ...request, ...FREQUENCIES[frequency] });
      else await Promise.all(active.map(({ id }) => removeFault(id)));
    },
    onSettled: refresh,
  });
  const clear = useMutation({ mutationFn: removeAllFaults, onSettled: refresh });
  const problem = useProblemText(change.error ?? clear.error);
  const all = faults.data ?? [];
  return (
    <div className={classes.panel}>
      <div className={classes.top}>
        <p>{t('phone.faults.intro')}</p>
        <Button
          size="xs"
          variant={all.length > 0 ? 'filled' : 'default'}
          color="red.8"
          disabled={all.length === 0}
          loading={clear.isPending}
          onClick={() => clear.mutate()}
        >
          {t('phone.faults.allOff')}
        </Button>
      </div>
      <SegmentedControl
        fullWidth
        size="xs"
        value={frequency}
        onChange={(value) => setFrequency(FREQUENCY_NAMES.find((name) => name === value) ?? 'always')}
        data={FREQUENCY_NAMES.map((name) => ({ value: name, label: t(`phone.faults.frequency.${name}`) }))}
        aria-label={t('phone.faults.frequencyLabel')}
      />
      {(change.isError || clear.isError) && <p role="alert">{problem}</p>}
      {GROUPS.map((group) => (
        <section key={group} className={classes.group}>
          <h3>{t(`phone.faults.${group}.title`)}</h3>
          {Object.entries(FAULT_SWITCHES[group]).map(([name, request]: [string, FaultRequest]) => {
            const active = activeFaults(all, request);
            const struck = active.reduce((sum, fault) => sum + fault.struck, 0);
            return (
              <Switch
                key={name}
                size="sm"
                color="red.8"
                labelPosition="left"
                checked={active.length > 0}
                disabled={change.isPending}
                classNames={{ body: classes.row, labelWrapper: classes.words }}
                label={t(`phone.faults.${group}.${name}` as 'phone.faults.sending.tooMany')}
                description={active.length > 0 ? t('phone.faults.struck', { count: struck }) : undefined}
                onChange={(event) => change.mutate({ on: event.currentTarget.checked, active, request })}
              />
            );
          })}
        </section>
      ))}
    </div>
  );
}
