import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { get } from '../api/http.client.ts';
import { useLocale } from '../i18n/locale.ts';
import { useMe } from '../session/me.query.ts';
import type { BusinessTime } from './business-time.ts';

/** In test mode the phones page can move the installation's clock; dates are compared with that clock, not the computer's. */
export const clockOffsetQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: async ({ signal }) => (await get<{ offsetMs: number }>('/_sim/clock', { signal })).offsetMs,
  staleTime: 10_000,
  refetchOnWindowFocus: true,
  retry: false,
});

/** Milliseconds since 1970 by the installation's clock, renewed every `everyMs`. */
export function useNow(everyMs = 20_000): number {
  const me = useMe();
  const offset = useQuery({ ...clockOffsetQuery, enabled: me.data?.testMode === true });
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now + (offset.data ?? 0);
}

/** The zone and language dates are shown in: the business's, and the page's. */
export function useBusinessTime(): BusinessTime {
  const locale = useLocale();
  const me = useMe();
  return { locale, timeZone: me.data?.business.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone };
}
