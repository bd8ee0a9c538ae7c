import type { BusinessId } from '#domain/ids';
import { createAdvanceableClock } from '#platform/clock';
import type { DirectoryEntry, NumberDirectoryOptions } from '#services/numbers/number-directory';
import { createNumberDirectory } from '#services/numbers/number-directory';

const [GARAGE, PLUMBER] = ['biz_garage', 'biz_plumber'] as BusinessId[] as [BusinessId, BusinessId];
const ACCOUNT = `AC${'1'.repeat(32)}`;
const OTHER_ACCOUNT = `AC${'2'.repeat(32)}`;

const entry = (changes: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
  businessId: GARAGE,
  accountSid: ACCOUNT,
  authToken: 'token',
  e164: '+3197010200001',
  channels: ['sms', 'whatsapp'],
  ...changes,
});
const sms = (address: string) => ({ channel: 'sms' as const, address });

/** A directory over a list that can change and a store that can be down. */
function aDirectory(entries: DirectoryEntry[] = [entry()], options: Partial<NumberDirectoryOptions> = {}) {
  const store = { entries, isDown: false, hangs: false, loads: 0 };
  const clock = createAdvanceableClock();
  const directory = createNumberDirectory({
    clock,
    async loadAll() {
      store.loads += 1;
      if (store.hangs) await new Promise(() => undefined);
      if (store.isDown) throw new Error('MongoDB is away');
      return store.entries;
    },
    ...options,
  });
  return { directory, store, clock };
}

test('a number belongs to its business, on the channels it has and within its own account', async () => {
  const { directory } = aDirectory([entry({ channels: ['sms'] })]);
  await directory.refresh();

  expect(directory.businessOf(ACCOUNT, sms('+3197010200001'))).toEqual({ businessId: GARAGE, e164: '+3197010200001' });
  expect(directory.businessOf(ACCOUNT, { channel: 'whatsapp', address: '+3197010200001' })).toBeNull();
  expect(directory.businessOf(OTHER_ACCOUNT, sms('+3197010200001'))).toBeNull();
  expect(directory.byAccountSid(ACCOUNT)).toEqual([{ businessId: GARAGE, authToken: 'token' }]);
});

test('several businesses may share one account, and one business may have several numbers', async () => {
  const { directory } = aDirectory([entry(), entry({ e164: '+3197010200002' }), entry({ businessId: PLUMBER, e164: '+3197010200003' })]);
  await directory.refresh();

  expect(directory.byAccountSid(ACCOUNT).map(({ businessId }) => businessId)).toEqual([GARAGE, PLUMBER]);
  expect(directory.businessOf(ACCOUNT, sms('+3197010200003'))?.businessId).toBe(PLUMBER);
});

test('before the first load nobody is called unknown', async () => {
  const { directory, store } = aDirectory();
  store.isDown = true;

  expect(directory.ready()).toBe(false);
  await expect(directory.findAccount(ACCOUNT)).rejects.toMatchObject({ kind: 'unavailable', code: 'numbers.unavailable' });
  await expect(directory.findBusiness(ACCOUNT, sms('+31'))).rejects.toMatchObject({ kind: 'unavailable' });
});

test('while the store is down, known numbers stay known and others are not called unknown', async () => {
  const { directory, store, clock } = aDirectory();
  await directory.refresh();
  store.isDown = true;
  clock.setOffset(60_000);

  expect((await directory.findBusiness(ACCOUNT, sms('+3197010200001')))?.businessId).toBe(GARAGE);
  await expect(directory.findBusiness(ACCOUNT, sms('+31970'))).rejects.toMatchObject({ kind: 'unavailable' });
  expect(directory.ready()).toBe(false);

  store.isDown = false;
  expect(await directory.findBusiness(ACCOUNT, sms('+31970'))).toBeNull();
  expect(directory.ready()).toBe(true);
});

test('a number added a moment ago is found by looking again', async () => {
  const { directory, store, clock } = aDirectory();
  await directory.refresh();
  clock.setOffset(5_000);
  store.entries = [entry(), entry({ businessId: PLUMBER, accountSid: OTHER_ACCOUNT, e164: '+3197010200009' })];

  expect(await directory.findAccount(OTHER_ACCOUNT)).toEqual([{ businessId: PLUMBER, authToken: 'token' }]);
});

test('made-up accounts do not keep the store busy', async () => {
  const { directory, store, clock } = aDirectory();
  await directory.refresh();
  clock.setOffset(5_000);

  for (let n = 0; n < 50; n += 1) expect(await directory.findAccount(`AC${String(n).padStart(32, '0')}`)).toEqual([]);
  expect(store.loads).toBe(2);
});

test('a store that hangs holds a webhook up no longer than agreed', async () => {
  const { directory, store, clock } = aDirectory([entry()], { missWaitMs: 50 });
  await directory.refresh();
  clock.setOffset(5_000);
  store.hangs = true;
  const startedAt = performance.now();

  await expect(directory.findAccount(OTHER_ACCOUNT)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test('looks at the same moment share one load', async () => {
  const { directory, store } = aDirectory();

  await Promise.all([directory.refresh(), directory.refresh(), directory.findAccount(ACCOUNT), directory.findAccount(OTHER_ACCOUNT)]);
  expect(store.loads).toBe(1);
});

test('it keeps itself fresh until it is stopped, and a store that is down at the start is no error', async () => {
  jest.useFakeTimers({ doNotFake: ['performance'] });
  try {
    const failures: unknown[] = [];
    const { directory, store } = aDirectory([entry()], { refreshEveryMs: 15_000, onRefreshFailed: (error) => failures.push(error) });
    store.isDown = true;
    await directory.start();
    expect(failures).toHaveLength(1);
    expect(directory.ready()).toBe(false);

    store.isDown = false;
    await jest.advanceTimersByTimeAsync(15_000);
    expect(directory.ready()).toBe(true);
    expect(directory.byAccountSid(ACCOUNT)).toHaveLength(1);

    directory.stop();
    const loads = store.loads;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(store.loads).toBe(loads);
  } finally {
    jest.useRealTimers();
  }
});
