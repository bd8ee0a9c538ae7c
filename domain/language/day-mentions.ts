import type { Weekday } from '../business/hours.ts';

export type DayMention = { kind: 'ahead'; days: number } | { kind: 'weekday'; weekday: Weekday } | { kind: 'weekend' } | { kind: 'now' };

const WEEKDAYS: readonly [RegExp, Weekday][] = [
  [/\b(?:zondags?|sundays?)\b/, 0],
  [/\b(?:maandags?|mondays?)\b/, 1],
  [/\b(?:dinsdags?|tuesdays?)\b/, 2],
  [/\b(?:woensdags?|wednesdays?)\b/, 3],
  [/\b(?:donderdags?|thursdays?)\b/, 4],
  [/\b(?:vrijdags?|fridays?)\b/, 5],
  [/\b(?:zaterdags?|saturdays?)\b/, 6],
];

/** The days a question about opening hours names, in plain text; at most three, none when it names no day. */
export function daysMentioned(plain: string): DayMention[] {
  const found: DayMention[] = [];
  if (/\b(?:nu|now|op dit moment|right now)\b/.test(plain)) found.push({ kind: 'now' });
  if (/\b(?:vandaag|today|vanavond|vanmiddag|tonight)\b/.test(plain)) found.push({ kind: 'ahead', days: 0 });
  if (/\b(?:overmorgen|day after tomorrow)\b/.test(plain)) found.push({ kind: 'ahead', days: 2 });
  else if (/\btomorrow\b/.test(plain) || (/\bmorgen\b/.test(plain) && !/\bgoede? ?morgen\b/.test(plain))) found.push({ kind: 'ahead', days: 1 });
  if (/\b(?:weekend|weekends|weekeinde)\b/.test(plain)) found.push({ kind: 'weekend' });
  for (const [pattern, weekday] of WEEKDAYS) if (pattern.test(plain)) found.push({ kind: 'weekday', weekday });
  return found.slice(0, 3);
}

/** "En zondag?", "what about tomorrow?": a day and nothing else, so it goes on asking what was asked before. */
export const isOnlyADay = (plain: string): boolean =>
  /^(?:en|and|ook|hoe zit het|what about|how about)? ?(?:met|op|on|in|this|dit|aanstaande|komende|next)? ?(?:het |the )?(?:\w+dags?|\w+days?|vandaag|morgen|overmorgen|tomorrow|weekend|weekends|weekeinde)(?: ook| dan| too| then)?[ ?!.]*$/.test(
    plain,
  ) && daysMentioned(plain).length > 0;
