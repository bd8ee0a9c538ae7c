import { daysMentioned, isOnlyADay } from '#domain/language/day-mentions';

test('days are found by name, from today and as a weekend', () => {
  expect(daysMentioned('zijn jullie zaterdag open')).toEqual([{ kind: 'weekday', weekday: 6 }]);
  expect(daysMentioned('open today or tomorrow')).toEqual([
    { kind: 'ahead', days: 0 },
    { kind: 'ahead', days: 1 },
  ]);
  expect(daysMentioned('overmorgen')).toEqual([{ kind: 'ahead', days: 2 }]);
  expect(daysMentioned('in het weekend')).toEqual([{ kind: 'weekend' }]);
  expect(daysMentioned('ben je nu open')).toEqual([{ kind: 'now' }]);
});

test('good morning is no day', () => {
  expect(daysMentioned('goedemorgen')).toEqual([]);
  expect(daysMentioned('goede morgen, zijn jullie open')).toEqual([]);
});

test('a day and nothing else goes on asking', () => {
  for (const text of ['en zondag ?', 'what about saturday', 'morgen ook ?', 'and on monday ?', 'in het weekend']) expect(isOnlyADay(text)).toBe(true);
  for (const text of ['hoe was je dag vandaag', 'gezondag', 'ik kom zaterdag', '']) expect(isOnlyADay(text)).toBe(false);
});
