import type { PhoneChannel } from '#domain/channel';
import { unavailable } from '#domain/failure';
import type { BusinessId } from '#domain/ids';
import type { Clock } from '#platform/clock';

/** One number of one business, with the credentials of the Twilio account it lives in. */
export interface DirectoryEntry {
  businessId: BusinessId;
  accountSid: string;
  authToken: string;
  e164: string;
  channels: readonly string[];
}

export interface AccountHolder {
  businessId: BusinessId;
  authToken: string;
}

export interface NumberOwner {
  businessId: BusinessId;
  e164: string;
}

/** Whose account and whose number: held in memory, so that a webhook never waits for the database when it is known. */
export interface NumberDirectory {
  /** Everyone who uses this account, as known now; several businesses may share one. */
  byAccountSid(accountSid: string): AccountHolder[];
  /** Whose number this is within the account, as known now. */
  businessOf(accountSid: string, to: { channel: PhoneChannel; address: string }): NumberOwner | null;
  /** Like byAccountSid, but looks again before saying "nobody". @throws Failure `numbers.unavailable` when "nobody" cannot be trusted. */
  findAccount(accountSid: string): Promise<AccountHolder[]>;
  /** Like businessOf, but looks again before saying "nobody's". @throws Failure `numbers.unavailable` when that cannot be trusted. */
  findBusiness(accountSid: string, to: { channel: PhoneChannel; address: string }): Promise<NumberOwner | null>;
  /** Whether a miss can be believed: false before the first load, and while the store does not answer. What is known stays usable. */
  ready(): boolean;
  /** Loads once (a store that is down is tried again later, not an error) and keeps loading. */
  start(): Promise<void>;
  stop(): void;
  /** Loads now; concurrent calls share one load. @throws what the store throws. */
  refresh(): Promise<void>;
}

export interface NumberDirectoryOptions {
  loadAll: () => Promise<readonly DirectoryEntry[]>;
  clock: Clock;
  refreshEveryMs?: number;
  /** The longest a webhook waits for a look at the store. */
  missWaitMs?: number;
  /** After a load, misses are believed for this long without another look, so that made-up accounts cannot keep the store busy. */
  missBelievedMs?: number;
  onRefreshFailed?: (error: unknown) => void;
}

export function createNumberDirectory({
  loadAll,
  clock,
  refreshEveryMs = 15_000,
  missWaitMs = 150,
  missBelievedMs = 1_000,
  onRefreshFailed,
}: NumberDirectoryOptions): NumberDirectory {
  let known = indexOf([]);
  let loadedAtMs: number | null = null;
  let hasLastLoadFailed = false;
  let loading: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const ready = (): boolean => loadedAtMs !== null && !(hasLastLoadFailed && clock.nowMs() - loadedAtMs > missBelievedMs);

  const load = async (): Promise<void> => {
    try {
      known = indexOf(await loadAll());
      loadedAtMs = clock.nowMs();
      hasLastLoadFailed = false;
    } catch (error) {
      hasLastLoadFailed = true;
      throw error;
    } finally {
      loading = null;
    }
  };
  const refresh = (): Promise<void> => {
    loading ??= load();
    return loading;
  };
  const refreshQuietly = (): Promise<void> => refresh().catch((error: unknown) => onRefreshFailed?.(error));

  const isFresh = (): boolean => loadedAtMs !== null && !hasLastLoadFailed && clock.nowMs() - loadedAtMs <= missBelievedMs;

  /** Answers from memory when it can; otherwise from one bounded look at the store. */
  async function find<T>(read: () => T, isMiss: (answer: T) => boolean): Promise<T> {
    const answer = read();
    if (!isMiss(answer) || isFresh()) return answer;
    await atMost(missWaitMs, refreshQuietly());
    const second = read();
    if (isMiss(second) && !isFresh()) throw unavailable('numbers', 'Whose number this is cannot be looked up just now.');
    return second;
  }

  const directory: NumberDirectory = {
    byAccountSid: (accountSid) => known.holders.get(accountSid) ?? [],
    businessOf: (accountSid, { channel, address }) => known.owners.get(ownerKey(accountSid, channel, address)) ?? null,
    findAccount: (accountSid) =>
      find(
        () => directory.byAccountSid(accountSid),
        (holders) => holders.length === 0,
      ),
    findBusiness: (accountSid, to) =>
      find(
        () => directory.businessOf(accountSid, to),
        (owner) => owner === null,
      ),
    ready,
    async start() {
      timer ??= setInterval(() => void refreshQuietly(), refreshEveryMs).unref();
      await refreshQuietly();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
    refresh,
  };
  return directory;
}

const ownerKey = (accountSid: string, channel: string, address: string): string => `${accountSid} ${channel} ${address}`;

function indexOf(entries: readonly DirectoryEntry[]) {
  const holders = new Map<string, AccountHolder[]>();
  const owners = new Map<string, NumberOwner>();
  for (const { businessId, accountSid, authToken, e164, channels } of entries) {
    const sharing = holders.get(accountSid) ?? [];
    if (!sharing.some((holder) => holder.businessId === businessId && holder.authToken === authToken)) sharing.push({ businessId, authToken });
    holders.set(accountSid, sharing);
    for (const channel of channels) owners.set(ownerKey(accountSid, channel, e164), { businessId, e164 });
  }
  return { holders, owners };
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, timeUp]);
  clearTimeout(timer);
}
