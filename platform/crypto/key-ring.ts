import { createHmac } from 'node:crypto';
import type { Channel } from '#domain/channel';
import { unavailable } from '#domain/failure';
import type { BusinessId, ConversationId, CustomerId } from '#domain/ids';
import type { Clock } from '#platform/clock';
import { framed } from './aes-gcm.ts';
import { isoWeek, nextIsoWeek } from './iso-week.ts';
import { KeyCache } from './key-cache.ts';
import { businessKeyId, customerKeyId, epochKeyId, parseKeyId, secretId } from './key-id.ts';
import type { KeyStore } from './key-store.port.ts';
import { envelopeKey } from './key-wrap.ts';
import { StoredKeys } from './stored-keys.ts';

/** An AES-256 key and the id that is written beside whatever it seals. */
export interface DataKey {
  id: string;
  key: Buffer;
}

/** What a blind index is made for: the same value under two purposes gives two unrelated hashes. */
export type BlindPurpose = 'phone' | 'email' | 'address' | 'opt_out' | 'limit';

/** Owner of the keys that belong to no business. */
export const PLATFORM = 'platform';

export interface KeyRing {
  businessKey(businessId: BusinessId): Promise<DataKey>;
  /** Makes the customer's key on first use. @throws Failure `key.destroyed` when the customer was erased. */
  customerKey(businessId: BusinessId, customerId: CustomerId): Promise<DataKey>;
  /** This week's key for Temporal payloads; null stands for the platform. Needs no database once preloaded. */
  epochKey(businessId: BusinessId | null): Promise<DataKey>;
  /** undefined when the key does not exist (any more): what it sealed is erased. */
  byId(keyId: string): Promise<Buffer | undefined>;
  /** Equal values give equal hashes within one business and purpose. @throws Failure `keys.unavailable` before `preload` of that business. */
  blindIndex(businessId: BusinessId | typeof PLATFORM, purpose: BlindPurpose, value: string): string;
  /** 22 characters [A-Za-z0-9_-]; the same addresses always give the same id. @throws Failure `keys.unavailable` before `preload` of that business. */
  conversationId(businessId: BusinessId, channel: Channel, customerAddress: string, businessAddress: string): ConversationId;
  /** Loads (and makes, where missing) business key, secret and the epoch keys of this and next week, and the platform's. Touches nothing when all are held. */
  preload(businessIds: readonly (BusinessId | typeof PLATFORM)[]): Promise<void>;
  /** Destroys a key for ever: what it sealed reads `[erased]` here at once and elsewhere within the cache time. */
  forget(subject: { businessId: BusinessId; customerId: CustomerId } | { keyId: string }): Promise<void>;
  /** Destroys the epoch keys of weeks that ended before `before`; returns how many. */
  forgetEpochsBefore(before: Date): Promise<number>;
}

export interface KeyRingInput {
  /** ENCRYPTION_KEY, 32 bytes. */
  envelope: Buffer;
  /** Envelope keys that were rotated away but may still wrap a key. */
  earlierEnvelopes?: readonly Buffer[];
  store: KeyStore;
  clock: Clock;
  /** How long a customer key is used without asking the store, and so how long an erasure may take to reach this process. */
  cacheMs?: number;
  maxCustomerKeys?: number;
}

const CACHE_MS = 5 * 60_000;
const MAX_CUSTOMER_KEYS = 20_000;
/** 22 base64url letters hold 132 bits: too many for two values ever to meet, short enough for every id and index. */
const HASH_LETTERS = 22;

export function createKeyRing(input: KeyRingInput): KeyRing {
  const { clock, store } = input;
  const cache = new KeyCache(input.cacheMs ?? CACHE_MS, input.maxCustomerKeys ?? MAX_CUSTOMER_KEYS, () => clock.nowMs());
  const stored = new StoredKeys(store, [envelopeKey(input.envelope), ...(input.earlierEnvelopes ?? []).map(envelopeKey)], cache);
  const refreshing = new Set<string>();

  /** A refresh that fails leaves the key in use: the database being away must not stop the ack path. */
  const inBackground = (name: string, work: () => Promise<unknown>): void => {
    if (refreshing.has(name)) return;
    refreshing.add(name);
    void work()
      .catch(() => undefined)
      .finally(() => refreshing.delete(name));
  };

  const standing = (id: string): Buffer | undefined => {
    const held = cache.getStanding(id);
    if (held?.isStale) inBackground(id, () => stored.find(id));
    return held?.key;
  };

  const hmac = (businessId: string, ...parts: string[]): string => {
    const secret = standing(secretId(businessId));
    if (!secret) throw unavailable('keys', 'The keys of this business are not loaded yet.');
    return createHmac('sha256', secret)
      .update(framed(...parts))
      .digest('base64url')
      .slice(0, HASH_LETTERS);
  };

  const standingIds = (owner: string): [string, ...string[]] => {
    const now = clock.now();
    const ids: [string, ...string[]] = [secretId(owner), epochKeyId(owner, isoWeek(now)), epochKeyId(owner, nextIsoWeek(now))];
    return owner === PLATFORM ? ids : [...ids, businessKeyId(owner)];
  };

  const isHeld = (owner: string): boolean => standingIds(owner).every((id) => cache.getStanding(id) !== undefined);

  return {
    async businessKey(businessId) {
      const id = businessKeyId(businessId);
      return { id, key: standing(id) ?? (await stored.findOrMake(id)) };
    },
    async customerKey(businessId, customerId) {
      const id = customerKeyId(businessId, customerId);
      return { id, key: cache.getRecent(id) ?? (await stored.findOrMake(id)) };
    },
    async epochKey(businessId) {
      const owner = businessId ?? PLATFORM;
      const id = epochKeyId(owner, isoWeek(clock.now()));
      const held = standing(id);
      if (held && !isHeld(owner)) inBackground(`preload ${owner}`, () => stored.ensure(standingIds(owner)));
      return { id, key: held ?? (await stored.findOrMake(id)) };
    },
    async byId(keyId) {
      return standing(keyId) ?? cache.getRecent(keyId) ?? stored.find(keyId);
    },
    blindIndex: (businessId, purpose, value) => hmac(businessId, 'blind', purpose, value),
    conversationId: (businessId, channel, customerAddress, businessAddress) =>
      hmac(businessId, 'conversation', channel, customerAddress, businessAddress) as ConversationId,
    async preload(businessIds) {
      const missing = [...new Set([PLATFORM, ...businessIds])].filter((owner) => !isHeld(owner));
      await Promise.all(missing.map((owner) => stored.ensure(standingIds(owner))));
    },
    async forget(subject) {
      const id = 'keyId' in subject ? subject.keyId : customerKeyId(subject.businessId, subject.customerId);
      const parsed = parseKeyId(id);
      if (parsed) await store.destroy(parsed.businessId, id);
      cache.drop(id);
    },
    async forgetEpochsBefore(before) {
      const week = isoWeek(before);
      const destroyed = await store.destroyEpochsBefore(week);
      cache.dropWhere((id) => parseKeyId(id)?.kind === 'epoch' && id.slice(id.lastIndexOf(':') + 1) < week);
      return destroyed;
    },
  };
}
