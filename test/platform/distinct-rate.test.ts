import fc from 'fast-check';
import { createDistinctRate } from '#platform/distinct-rate';

const away = () => Promise.reject(new Error('MongoDB is away'));
const never = () => new Promise<never>(() => undefined);

test('each id counts once, in whatever order and however often it comes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 }), async (ids) => {
      const rate = createDistinctRate({ windowMs: 60_000, secret: 'secret', shared: away });
      const seen = new Set<number>();
      for (const id of ids) {
        const { count, repeated } = await rate.note('phone', String(id));
        expect(repeated).toBe(seen.has(id));
        seen.add(id);
        expect(count).toBe(seen.size);
      }
    }),
  );
});

test('while the shared count is slow, this process counts alone and answers in time', async () => {
  const rate = createDistinctRate({ windowMs: 60_000, secret: 'secret', shared: never });
  const startedAt = performance.now();
  expect(await rate.note('phone', 'a')).toMatchObject({ count: 1, repeated: false });
  expect(await rate.note('phone', 'a')).toMatchObject({ count: 1, repeated: true });
  expect(performance.now() - startedAt).toBeLessThan(1_500);
});

test('what is shared counts, and no phone number stands in its key', async () => {
  const keys: string[] = [];
  const rate = createDistinctRate({
    windowMs: 60_000,
    secret: 'secret',
    shared: async (key) => {
      keys.push(key);
      return { count: 51, repeated: false, resetsInMs: 10 };
    },
  });
  expect(await rate.note('+31612345678', 'a')).toMatchObject({ count: 51 });
  expect(keys.join()).not.toContain('612345678');
});

test('a window that has passed is forgotten', async () => {
  const now = jest.spyOn(Date, 'now').mockReturnValue(1_000);
  const rate = createDistinctRate({ windowMs: 60_000, secret: 'secret', shared: away });
  await rate.note('phone', 'a');
  now.mockReturnValue(61_000);
  expect(await rate.note('phone', 'b')).toMatchObject({ count: 1 });
  now.mockRestore();
});
