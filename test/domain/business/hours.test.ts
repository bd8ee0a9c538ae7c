import fc from 'fast-check';
import { daysUntil, hoursOn, openState, wallTimeOf } from '#domain/business/hours';
import type { OpeningHours } from '#domain/business/profile';

const AMSTERDAM = 'Europe/Amsterdam';
const WEEKDAYS_9_TO_6 = [{ opens: '09:00', closes: '18:00' }];
const GARAGE: OpeningHours = {
  1: WEEKDAYS_9_TO_6,
  2: WEEKDAYS_9_TO_6,
  3: WEEKDAYS_9_TO_6,
  4: WEEKDAYS_9_TO_6,
  5: WEEKDAYS_9_TO_6,
  6: [{ opens: '10:00', closes: '16:00' }],
};
const garage = { hours: GARAGE, timeZone: AMSTERDAM };
const at = (iso: string): number => Date.parse(iso);

describe('a garage open on weekdays from nine to six', () => {
  test('is open until six on a Friday afternoon', () => {
    expect(openState(garage, at('2026-11-20T14:00:00+01:00'))).toEqual({ isOpen: true, closes: '18:00' });
  });

  test('opens at nine sharp and is closed at six sharp', () => {
    expect(openState(garage, at('2026-11-20T09:00:00+01:00')).isOpen).toBe(true);
    expect(openState(garage, at('2026-11-20T08:59:59+01:00'))).toEqual({ isOpen: false, opensNext: { daysAhead: 0, weekday: 5, opens: '09:00' } });
    expect(openState(garage, at('2026-11-20T18:00:00+01:00'))).toEqual({ isOpen: false, opensNext: { daysAhead: 1, weekday: 6, opens: '10:00' } });
  });

  test('opens on Monday after a Saturday evening', () => {
    expect(openState(garage, at('2026-11-21T20:00:00+01:00'))).toEqual({ isOpen: false, opensNext: { daysAhead: 2, weekday: 1, opens: '09:00' } });
  });

  test('keeps its own clock, wherever the server stands', () => {
    expect(openState({ ...garage, timeZone: 'America/New_York' }, at('2026-11-20T14:30:00Z')).isOpen).toBe(true);
    expect(openState(garage, at('2026-11-20T17:30:00Z')).isOpen).toBe(false);
  });
});

describe('around a lunch break', () => {
  const dentist = {
    hours: {
      5: [
        { opens: '13:30', closes: '17:00' },
        { opens: '08:30', closes: '12:30' },
      ],
    },
    timeZone: AMSTERDAM,
  };

  test('a practice is closed at one and open again the same day', () => {
    expect(openState(dentist, at('2026-11-20T13:00:00+01:00'))).toEqual({ isOpen: false, opensNext: { daysAhead: 0, weekday: 5, opens: '13:30' } });
    expect(hoursOn(dentist, at('2026-11-20T13:00:00+01:00'), 0).intervals).toEqual([
      { opens: '08:30', closes: '12:30' },
      { opens: '13:30', closes: '17:00' },
    ]);
  });

  test('a practice that opens once a week opens a week later', () => {
    expect(openState(dentist, at('2026-11-20T18:00:00+01:00'))).toEqual({ isOpen: false, opensNext: { daysAhead: 7, weekday: 5, opens: '08:30' } });
  });
});

describe('unusual hours', () => {
  const night = { hours: { 5: [{ opens: '18:00', closes: '02:00' }] }, timeZone: AMSTERDAM };

  test('a bar open past midnight is open on both sides of it', () => {
    expect(openState(night, at('2026-11-20T23:30:00+01:00'))).toEqual({ isOpen: true, closes: '02:00' });
    expect(openState(night, at('2026-11-21T01:59:00+01:00'))).toEqual({ isOpen: true, closes: '02:00' });
    expect(openState(night, at('2026-11-21T02:00:00+01:00')).isOpen).toBe(false);
  });

  test('a shop that never opens says so', () => {
    expect(openState({ hours: {}, timeZone: AMSTERDAM }, at('2026-11-20T12:00:00Z'))).toEqual({ isOpen: false, opensNext: null });
  });
});

describe('when the clock changes', () => {
  test('on the short Sunday, two in the morning does not exist and nine is nine', () => {
    const sundays = { hours: { 0: [{ opens: '09:00', closes: '12:00' }] }, timeZone: AMSTERDAM };

    expect(wallTimeOf(AMSTERDAM, at('2026-03-29T01:00:00Z'))).toEqual({ date: '2026-03-29', weekday: 0, time: '03:00' });
    expect(openState(sundays, at('2026-03-29T06:59:00Z')).isOpen).toBe(false);
    expect(openState(sundays, at('2026-03-29T07:00:00Z')).isOpen).toBe(true);
  });

  test('on the long Sunday, the hour that comes twice counts twice', () => {
    const late = { hours: { 0: [{ opens: '02:15', closes: '02:45' }] }, timeZone: AMSTERDAM };

    expect(openState(late, at('2026-10-25T00:30:00Z')).isOpen).toBe(true);
    expect(openState(late, at('2026-10-25T01:30:00Z')).isOpen).toBe(true);
    expect(openState(late, at('2026-10-25T01:50:00Z')).isOpen).toBe(false);
  });

  test('days ahead are days on the calendar, not of 24 hours', () => {
    expect(hoursOn(garage, at('2026-03-28T23:30:00+01:00'), 1)).toMatchObject({ date: '2026-03-29', weekday: 0, intervals: [] });
    expect(hoursOn(garage, at('2026-10-25T00:30:00+02:00'), 1)).toMatchObject({ date: '2026-10-26', weekday: 1 });
    expect(daysUntil(garage, at('2026-03-28T23:30:00+01:00'), 1)).toBe(2);
  });
});

test('at any moment of ten years a closed shop opens later, at a time it lists', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2034-01-01T00:00:00Z') }),
      fc.constantFrom(AMSTERDAM, 'Europe/London', 'America/New_York', 'Asia/Kolkata'),
      (nowMs, timeZone) => {
        const state = openState({ hours: GARAGE, timeZone }, nowMs);
        const { weekday, time } = wallTimeOf(timeZone, nowMs);
        if (state.isOpen) expect(GARAGE[weekday]?.some(({ opens, closes }) => opens <= time && time < closes)).toBe(true);
        else {
          expect(state.opensNext).not.toBeNull();
          expect(state.opensNext && GARAGE[state.opensNext.weekday]?.some(({ opens }) => opens === state.opensNext?.opens)).toBe(true);
          expect(state.opensNext?.daysAhead).toBeLessThanOrEqual(2);
        }
      },
    ),
  );
});
