import fc from 'fast-check';
import { isoWeek, nextIsoWeek } from '#platform/crypto/iso-week';

test.each([
  ['2026-01-01', '2026-W01'],
  ['2027-01-01', '2026-W53'],
  ['2025-12-29', '2026-W01'],
  ['2024-12-30', '2025-W01'],
  ['2026-11-20', '2026-W47'],
  ['2026-11-22T23:59:59.999Z', '2026-W47'],
  ['2026-11-23T00:00:00Z', '2026-W48'],
])('%s lies in %s', (day, week) => {
  expect(isoWeek(new Date(day))).toBe(week);
});

test('weeks sort as text, and the next week is always a later one', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2199-01-01'), noInvalidDate: true }), fc.nat({ max: 10_000 }), (date, days) => {
      const later = new Date(date.getTime() + days * 86_400_000);
      expect(isoWeek(later) >= isoWeek(date)).toBe(true);
      expect(nextIsoWeek(date) > isoWeek(date)).toBe(true);
    }),
  );
});
