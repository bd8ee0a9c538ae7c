import { dayOf, formatAbsolute, formatAgo, formatBrief, formatClock, formatDay, formatRemaining } from '#web/time/business-time';

const amsterdam = { timeZone: 'Europe/Amsterdam', locale: 'nl-NL' };
const london = { timeZone: 'Europe/London', locale: 'en-GB' };
const noon = Date.parse('2026-11-20T11:00:00Z');

/** Node versions differ in the kind of space and in commas. */
const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/g, ' ').replaceAll(',', '');

test('a moment is shown by the clock of the business, wherever the reader is', () => {
  expect(formatClock('2026-11-20T23:30:00Z', amsterdam)).toBe('00:30');
  expect(formatClock('2026-11-20T23:30:00Z', london)).toBe('23:30');
});

test('the hour that summer time skips and the hour it repeats are told apart by the zone’s name', () => {
  expect(formatAbsolute('2026-03-29T00:59:00Z', london)).toContain('00:59:00 GMT');
  expect(formatAbsolute('2026-03-29T01:00:00Z', london)).toContain('02:00:00 BST');
  expect(formatAbsolute('2026-10-25T00:30:00Z', london)).toContain('01:30:00 BST');
  expect(formatAbsolute('2026-10-25T01:30:00Z', london)).toContain('01:30:00 GMT');
});

test('the full date always prints the zone', () => {
  expect(plain(formatAbsolute('2026-11-20T11:00:00Z', amsterdam))).toBe('vr 20 nov 2026 12:00:00 CET (Europe/Amsterdam)');
});

test('a day begins at the business’s midnight', () => {
  expect(dayOf('2026-11-20T23:30:00Z', amsterdam)).toBe('2026-11-21');
  expect(dayOf('2026-11-20T23:30:00Z', london)).toBe('2026-11-20');
  expect(formatDay('2026-11-19T23:30:00Z', noon, amsterdam)).toBe('Vandaag');
  expect(formatDay('2026-11-19T23:30:00Z', noon, london)).toBe('Yesterday');
});

test('an older day is named, with its year when that is another one', () => {
  expect(plain(formatDay('2026-11-18T11:00:00Z', noon, london))).toBe('Wednesday 18 November');
  expect(plain(formatDay('2025-12-31T11:00:00Z', noon, london))).toBe('Wednesday 31 December 2025');
});

test('a list shows minutes, then the clock, then the weekday, then the date', () => {
  const ago = (minutes: number) => plain(formatBrief(noon - minutes * 60_000, noon, amsterdam));
  expect(ago(0)).toBe('nu');
  expect(ago(4)).toBe('4 min');
  expect(ago(90)).toBe('10:30');
  expect(ago(60 * 24 * 2)).toBe('wo');
  expect(ago(60 * 24 * 30)).toBe('21 okt');
});

test('a message of late last night is shown by the clock, not as "yesterday"', () => {
  expect(formatBrief('2026-11-20T22:30:00Z', Date.parse('2026-11-21T00:15:00Z'), amsterdam)).toBe('23:30');
});

test('a countdown never goes below zero and ends in seconds', () => {
  expect(plain(formatRemaining((22 * 60 + 29) * 60_000, london))).toBe('22 hrs 29 mins');
  expect(plain(formatRemaining(41_000, amsterdam))).toBe('41 sec');
  expect(plain(formatRemaining(-5_000, amsterdam))).toBe('0 sec');
});

test('sentences say how long ago', () => {
  expect(formatAgo(noon - 3 * 60_000, noon, london)).toBe('3 minutes ago');
  expect(formatAgo(noon - 26 * 3_600_000, noon, amsterdam)).toBe('gisteren');
});
