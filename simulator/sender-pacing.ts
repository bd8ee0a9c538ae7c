/** A token bucket per key in real time. It holds a quarter more than a second's worth, so that even traffic at exactly the rate passes. */
export interface SenderPacing {
  /** True when this one still fits in the rate. */
  take(key: string, perSecond: number): boolean;
  /** Takes the next free slot and says in how many milliseconds it is. */
  reserve(key: string, perSecond: number): number;
  clear(): void;
}

export function createSenderPacing(nowMs: () => number = () => performance.now()): SenderPacing {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  const refill = (key: string, perSecond: number) => {
    const now = nowMs();
    const capacity = Math.max(1, perSecond * 1.25);
    const bucket = buckets.get(key) ?? { tokens: capacity, atMs: now };
    const tokens = Math.min(capacity, bucket.tokens + ((now - bucket.atMs) / 1_000) * perSecond);
    const refilled = { tokens, atMs: now };
    buckets.set(key, refilled);
    return refilled;
  };
  return {
    take(key, perSecond) {
      const bucket = refill(key, perSecond);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
    reserve(key, perSecond) {
      const bucket = refill(key, perSecond);
      bucket.tokens -= 1;
      return bucket.tokens >= 0 ? 0 : (-bucket.tokens / perSecond) * 1_000;
    },
    clear: () => buckets.clear(),
  };
}
