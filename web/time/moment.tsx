import { Tooltip } from '@mantine/core';
import { formatAbsolute, formatBrief, formatClock } from './business-time.ts';
import { useBusinessTime, useNow } from './clock.ts';

/** A moment, short; the whole date with its zone appears on hover and focus. */
export function Moment({ at, as = 'brief' }: { at: string; as?: 'brief' | 'clock' }) {
  const time = useBusinessTime();
  const now = useNow();
  const absolute = formatAbsolute(at, time);
  return (
    <Tooltip label={absolute} openDelay={250}>
      <time dateTime={at}>{as === 'clock' ? formatClock(at, time) : formatBrief(at, now, time)}</time>
    </Tooltip>
  );
}
