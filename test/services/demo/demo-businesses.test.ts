import { DEMO_BUSINESSES } from '#services/demo/demo-businesses';

test('every demo business has its own name and number, a zone that exists and hours that make sense', () => {
  const numbers = DEMO_BUSINESSES.flatMap((business) => business.numbers.map(({ e164 }) => e164));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(new Set(DEMO_BUSINESSES.map(({ slug }) => slug)).size).toBe(DEMO_BUSINESSES.length);
  for (const { timeZone, hours } of DEMO_BUSINESSES) {
    expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
    for (const { opens, closes } of Object.values(hours).flat()) {
      expect(`${opens}-${closes}`).toMatch(/^\d\d:\d\d-\d\d:\d\d$/);
      expect(opens < closes).toBe(true);
    }
  }
});

test('numbers ring nowhere: ranges set aside for machines and for drama', () => {
  for (const { numbers } of DEMO_BUSINESSES) for (const { e164 } of numbers) expect(e164).toMatch(/^\+(?:3197010\d{6}|447700900\d{3}|1555\d{7})$/);
});

test('the dealer has a stock worth searching', () => {
  const cars = DEMO_BUSINESSES[0]?.cars ?? [];

  expect(cars.length).toBeGreaterThanOrEqual(20);
  expect(new Set(cars.map(({ brand }) => brand)).size).toBe(6);
  expect(cars.filter(({ model }) => model.startsWith('Golf')).length).toBeGreaterThanOrEqual(3);
  expect(new Set(cars.map(({ id }) => id)).size).toBe(cars.length);
  expect(cars.every(({ price }) => Number.isInteger(price))).toBe(true);
});
