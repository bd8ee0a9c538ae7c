import type { KeyStore, WrappedKey } from '#platform/crypto/key-store.port';

/** A key store in memory that counts how often it is asked. */
export interface MemoryKeyStore extends KeyStore {
  keys: Map<string, WrappedKey>;
  calls: number;
  isDown: boolean;
}

export function memoryKeyStore(): MemoryKeyStore {
  const keys = new Map<string, WrappedKey>();
  const asked = async (): Promise<void> => {
    store.calls += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (store.isDown) throw new Error('the key store is down');
  };
  const store: MemoryKeyStore = {
    keys,
    calls: 0,
    isDown: false,
    async insertIfAbsent(added) {
      await asked();
      for (const key of added) if (!keys.has(key.id)) keys.set(key.id, key);
      return added.flatMap(({ id }) => keys.get(id) ?? []);
    },
    async load(businessId, ids) {
      await asked();
      return ids.flatMap((id) => keys.get(id) ?? []).filter((key) => key.businessId === businessId);
    },
    async destroy(businessId, id) {
      await asked();
      keys.set(id, { id, businessId, wrapped: '' });
    },
    async rewrap(key, previousWrapped) {
      await asked();
      if (keys.get(key.id)?.wrapped !== previousWrapped) return false;
      keys.set(key.id, key);
      return true;
    },
    async listRootWrapped(afterId, limit) {
      await asked();
      return [...keys.values()]
        .filter(({ id, wrapped }) => id > afterId && wrapped.startsWith('r-'))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit);
    },
    async destroyEpochsBefore(isoWeek) {
      await asked();
      const old = [...keys.values()].filter(({ id, wrapped }) => id.startsWith('e:') && wrapped !== '' && id.slice(id.lastIndexOf(':') + 1) < isoWeek);
      for (const key of old) keys.set(key.id, { ...key, wrapped: '' });
      return old.length;
    },
  };
  return store;
}
