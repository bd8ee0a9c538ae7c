/** A data key at rest: wrapped by another key, never in the clear. */
export interface WrappedKey {
  /** `b:<business>`, `s:<business>`, `c:<business>:<customer>` or `e:<business>:<ISO week>`. */
  id: string;
  /** A BusinessId, or `platform` for keys that belong to no business. */
  businessId: string;
  /** Base64; empty once the key was destroyed. */
  wrapped: string;
}

/** Where wrapped keys live. Every call may be repeated safely. */
export interface KeyStore {
  /** Stores the keys whose ids are not there yet and returns what is stored now for every id: the first writer wins. */
  insertIfAbsent(keys: WrappedKey[]): Promise<WrappedKey[]>;
  load(businessId: string, ids: string[]): Promise<WrappedKey[]>;
  /** Empties the key for ever; its id stays taken so that no process can make it anew. */
  destroy(businessId: string, id: string): Promise<void>;
  /** Replaces the wrapping (never the key) when the envelope key is rotated; false when another process was first. */
  rewrap(key: WrappedKey, previousWrapped: string): Promise<boolean>;
  /** Every key of one business that is wrapped by the envelope key itself. */
  listRootWrapped(afterId: string, limit: number): Promise<WrappedKey[]>;
  /** Destroys every epoch key of weeks before `isoWeek` ("2026-W40"); returns how many. */
  destroyEpochsBefore(isoWeek: string): Promise<number>;
}
