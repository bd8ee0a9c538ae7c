import type { BusinessProfile, OpeningHours } from './profile.ts';

export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** A moment as the clock on the business's wall shows it. */
export interface WallTime {
  /** "2026-03-29" */
  date: string;
  weekday: Weekday;
  /** "HH:MM" */
  time: string;
}

export interface DayHours {
  /** 0 is today. */
  daysAhead: number;
  date: string;
  weekday: Weekday;
  /** In order; empty when closed all day. */
  intervals: { opens: string; closes: string }[];
}

export type OpenState = { isOpen: true; closes: string } | { isOpen: false; opensNext: { daysAhead: number; weekday: Weekday; opens: string } | null };

type Schedule = Pick<BusinessProfile, 'hours' | 'timeZone'>;

const DAY_MS = 86_400_000;
const DAYS_LOOKED_AHEAD = 7;

/**
 * Whether the business is open, in its own zone. An interval ends at its closing time; one that closes at or before
 * it opens runs past midnight ("18:00–02:00"), and one that closes at 24:00 touches the next day's 00:00.
 */
export function openState({ hours, timeZone }: Schedule, nowMs: number): OpenState {
  const now = wallTimeOf(timeZone, nowMs);
  const closes = closingTimeNow(hours, now);
  if (closes !== null) return { isOpen: true, closes };

  for (let daysAhead = 0; daysAhead <= DAYS_LOOKED_AHEAD; daysAhead += 1) {
    const weekday = weekdayAfter(now.weekday, daysAhead);
    const next = intervalsOf(hours, weekday).find(({ opens }) => daysAhead > 0 || opens > now.time);
    if (next) return { isOpen: false, opensNext: { daysAhead, weekday, opens: next.opens } };
  }
  return { isOpen: false, opensNext: null };
}

/** The hours of one day; `daysAhead` counts days on the business's calendar, which a clock change makes 23 or 25 hours long. */
export function hoursOn({ hours, timeZone }: Schedule, nowMs: number, daysAhead: number): DayHours {
  const today = wallTimeOf(timeZone, nowMs);
  const weekday = weekdayAfter(today.weekday, daysAhead);
  const date = new Date(Date.parse(`${today.date}T00:00:00Z`) + daysAhead * DAY_MS).toISOString().slice(0, 10);
  return { daysAhead, date, weekday, intervals: intervalsOf(hours, weekday) };
}

/** How many days ahead the next such weekday is; today counts as 0. */
export function daysUntil({ timeZone }: Schedule, nowMs: number, weekday: Weekday): number {
  return (weekday - wallTimeOf(timeZone, nowMs).weekday + 7) % 7;
}

export function wallTimeOf(timeZone: string, ms: number): WallTime {
  const parts = new Map(
    formatterFor(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  return { date, weekday: new Date(`${date}T00:00:00Z`).getUTCDay() as Weekday, time: `${parts.get('hour')}:${parts.get('minute')}` };
}

function closingTimeNow(hours: OpeningHours, now: WallTime): string | null {
  const today = intervalsOf(hours, now.weekday).find(({ opens, closes }) => opens <= now.time && (now.time < closes || closes <= opens));
  if (today) return today.closes;
  const sinceYesterday = intervalsOf(hours, weekdayAfter(now.weekday, -1)).find(({ opens, closes }) => closes <= opens && now.time < closes);
  return sinceYesterday?.closes ?? null;
}

const intervalsOf = (hours: OpeningHours, weekday: Weekday): { opens: string; closes: string }[] =>
  (hours[weekday] ?? []).toSorted((a, b) => a.opens.localeCompare(b.opens));

const weekdayAfter = (weekday: Weekday, days: number): Weekday => ((((weekday + days) % 7) + 7) % 7) as Weekday;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}
