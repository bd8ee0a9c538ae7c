import fc from 'fast-check';
import { bornAtMs, firstIdAt, newId } from '#platform/ids';

test('ids of one kind sort by birth and tell when that was', () => {
  fc.assert(
    fc.property(fc.nat({ max: 4_000_000_000_000 }), fc.integer({ min: 1, max: 1_000_000 }), (atMs, laterMs) => {
      const [first, second] = [newId('evt', atMs), newId('evt', atMs + laterMs)];
      expect(first < second).toBe(true);
      expect(bornAtMs('evt', first)).toBe(atMs);
      expect(firstIdAt('evt', atMs) <= first).toBe(true);
      expect(firstIdAt('evt', atMs + 1) > first).toBe(true);
    }),
  );
});

test('no two are alike', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => newId('cus'))).size).toBe(10_000);
});

test('what is no id of that kind has no birth', () => {
  for (const id of ['', 'evt_', newId('cus'), 'evt_short', `evt_${'!'.repeat(26)}`, `${newId('evt')}x`]) expect(bornAtMs('evt', id)).toBeUndefined();
});
