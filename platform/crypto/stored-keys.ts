import { Failure } from '#domain/failure';
import type { KeyCache } from './key-cache.ts';
import { businessKeyId, parseKeyId } from './key-id.ts';
import type { KeyStore, WrappedKey } from './key-store.port.ts';
import type { WrappingKey } from './key-wrap.ts';
import { newDataKey, unwrapKey, wrapKey } from './key-wrap.ts';

const keyDestroyed = (): Failure => new Failure('conflict', 'key.destroyed', 'What this key protected was erased.');
const keyUnreadable = (): Failure => new Failure('unavailable', 'keys.unreadable', 'A stored key cannot be unwrapped with the configured ENCRYPTION_KEY.');

/** Finds, makes and unwraps keys in a store; every call asks the store, whatever is cached. */
export class StoredKeys {
  private readonly underway = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly store: KeyStore,
    /** The current envelope key first, then those it replaced. */
    private readonly envelopeKeys: readonly [WrappingKey, ...WrappingKey[]],
    private readonly cache: KeyCache,
  ) {}

  /** undefined when there is no such key, or it was destroyed. */
  async find(id: string): Promise<Buffer | undefined> {
    const parsed = parseKeyId(id);
    if (!parsed) return undefined;
    const [stored] = await this.store.load(parsed.businessId, [id]);
    if (!stored || stored.wrapped === '') {
      this.cache.drop(id);
      return undefined;
    }
    return this.admit(stored, await this.wrappersFor(id));
  }

  /** Makes the key when it is missing; concurrent makers, in this process or another, end with one key. */
  async findOrMake(id: string): Promise<Buffer> {
    const running = this.underway.get(id);
    if (running !== undefined) return running;
    const work = this.ensure([id]).then(([key]) => key as Buffer);
    this.underway.set(id, work);
    try {
      return await work;
    } finally {
      this.underway.delete(id);
    }
  }

  /** Like findOrMake for several ids of one business and one wrapping, in two round trips at most. */
  async ensure(ids: readonly [string, ...string[]]): Promise<Buffer[]> {
    const businessId = parseKeyId(ids[0])?.businessId ?? '';
    const wrappers = await this.wrappersFor(ids[0]);
    const stored = new Map((await this.store.load(businessId, [...ids])).map((key) => [key.id, key]));
    const missing = ids.filter((id) => !stored.has(id)).map((id) => ({ id, businessId, wrapped: wrapKey(wrappers[0], id, newDataKey()) }));
    if (missing.length > 0) for (const key of await this.store.insertIfAbsent(missing)) stored.set(key.id, key);
    return ids.map((id) => {
      const key = stored.get(id);
      if (!key || key.wrapped === '') throw keyDestroyed();
      return this.admit(key, wrappers);
    });
  }

  private async wrappersFor(id: string): Promise<readonly [WrappingKey, ...WrappingKey[]]> {
    const parsed = parseKeyId(id);
    if (parsed?.kind !== 'customer') return this.envelopeKeys;
    const businessKey = businessKeyId(parsed.businessId);
    const key = this.cache.getStanding(businessKey)?.key ?? (await this.findOrMake(businessKey));
    return [{ name: 'b', key }];
  }

  private admit(stored: WrappedKey, wrappers: readonly WrappingKey[]): Buffer {
    const key = unwrapKey(wrappers, stored.id, stored.wrapped);
    if (!key) throw keyUnreadable();
    if (parseKeyId(stored.id)?.kind === 'customer') this.cache.putRecent(stored.id, key);
    else this.cache.putStanding(stored.id, key);
    return key;
  }
}
