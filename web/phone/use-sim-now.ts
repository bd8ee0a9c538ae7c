import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { simClockQuery } from './simulator.queries.ts';

const TICK_MS = 1_000;

/** Milliseconds since 1970 by the simulator's clock. */
export function useSimNow(): number {
  const clock = useQuery(simClockQuery);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now + (clock.data?.offsetMs ?? 0);
}
