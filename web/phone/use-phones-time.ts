import { useQuery } from '@tanstack/react-query';
import { useLocale } from '../i18n/locale.ts';
import { useMe } from '../session/me.query.ts';
import type { BusinessTime } from '../time/business-time.ts';
import { demoQuery } from './simulator.queries.ts';

/** The zone the instruments beside the phones print: the member's business, else the first business there is. */
export function usePhonesTime(): BusinessTime {
  const locale = useLocale();
  const me = useMe();
  const demo = useQuery(demoQuery);
  return { locale, timeZone: me.data?.business.timeZone ?? demo.data?.businesses[0]?.timeZone ?? 'UTC' };
}
