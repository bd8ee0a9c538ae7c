/** Every date on every page is written by these functions, in the business's time zone, never the browser's. */
export interface BusinessTime {
  /** IANA name, for instance Europe/Amsterdam. */
  timeZone: string;
  /** BCP 47, for instance nl-NL. */
  locale: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `14:05` */
export function formatClock(at: string | number, { timeZone, locale }: BusinessTime): string {
  return new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
}

/** `Fri 20 Nov 2026, 14:05:09 CET (Europe/Amsterdam)`: the zone is always printed. */
export function formatAbsolute(at: string | number, { timeZone, locale }: BusinessTime): string {
  const date = new Date(at);
  const day = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(date);
  const clock = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(date);
  return `${day}, ${clock} (${timeZone})`;
}

/** The calendar day in the business's zone, as `2026-11-20`; equal for two moments of the same local day. */
export function dayOf(at: string | number, { timeZone }: Pick<BusinessTime, 'timeZone'>): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at));
}

/** `Today`, `Yesterday` or `Wednesday 18 November`, with the year when it is another one. */
export function formatDay(at: string | number, nowMs: number, time: BusinessTime): string {
  const daysAgo = Math.round((Date.parse(dayOf(nowMs, time)) - Date.parse(dayOf(at, time))) / DAY_MS);
  if (daysAgo === 0 || daysAgo === 1) return capitalised(new Intl.RelativeTimeFormat(time.locale, { numeric: 'auto' }).format(-daysAgo, 'day'));
  const sameYear = dayOf(at, time).slice(0, 4) === dayOf(nowMs, time).slice(0, 4);
  const { timeZone, locale } = time;
  return new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(
    new Date(at),
  );
}

/** `20 Nov` */
export function formatShortDay(at: string | number, { timeZone, locale }: BusinessTime): string {
  return new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short' }).format(new Date(at));
}

/** Short enough for a list: `now`, `4 min`, the clock today or a few hours ago, the weekday this week, else the date. */
export function formatBrief(at: string | number, nowMs: number, time: BusinessTime): string {
  const date = new Date(at);
  const ageMs = nowMs - date.getTime();
  const { timeZone, locale } = time;
  if (ageMs < MINUTE_MS) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' }).format(0, 'second');
  if (ageMs < HOUR_MS) return new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'short' }).format(Math.floor(ageMs / MINUTE_MS));
  if (ageMs < 6 * HOUR_MS || dayOf(at, time) === dayOf(nowMs, time)) return formatClock(at, time);
  if (ageMs < 6 * DAY_MS) return new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short' }).format(date);
  return formatShortDay(at, time);
}

/** `3 minutes ago`, for sentences. */
export function formatAgo(at: string | number, nowMs: number, { locale }: Pick<BusinessTime, 'locale'>): string {
  const ageMs = nowMs - new Date(at).getTime();
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (ageMs < MINUTE_MS) return relative.format(0, 'second');
  if (ageMs < HOUR_MS) return relative.format(-Math.floor(ageMs / MINUTE_MS), 'minute');
  if (ageMs < DAY_MS) return relative.format(-Math.floor(ageMs / HOUR_MS), 'hour');
  return relative.format(-Math.floor(ageMs / DAY_MS), 'day');
}

/** `22 hr 29 min`; below a minute in seconds, never negative. */
export function formatRemaining(ms: number, { locale }: Pick<BusinessTime, 'locale'>): string {
  const unit = (value: number, name: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  const left = Math.max(0, ms);
  if (left < MINUTE_MS) return unit(Math.ceil(left / 1_000), 'second');
  const hours = Math.floor(left / HOUR_MS);
  const minutes = Math.floor((left % HOUR_MS) / MINUTE_MS);
  return hours === 0 ? unit(minutes, 'minute') : `${unit(hours, 'hour')} ${unit(minutes, 'minute')}`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
