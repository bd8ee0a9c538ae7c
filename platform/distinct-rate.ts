import { createHmac } from 'node:crypto';
import { bounded } from './mongo/bounded.ts';

const WAIT_MS = 150;
const MOST_WINDOWS_IN_MEMORY = 10_000;

export interface DistinctCount {
  /** Different ids in the window so far, this one included. */
  count: number;
  /** This id was counted before. */
  repeated: boolean;
  resetsInMs: number;
}

export interface DistinctRate {
  /** Counts different ids, so that a webhook delivered twice counts once. `who` is hashed before it is stored. Never throws. */
  note(who: string, id: string): Promise<DistinctCount>;
}

export interface DistinctRateOptions {
  windowMs: number;
  /** Keys the hash, so that nobody reads a phone number out of a counter. */
  secret: string;
  /** The count all processes share; while it is slow or away, this process counts by itself. */
  shared: (key: string, id: string) => Promise<DistinctCount>;
}

interface Window {
  startedAtMs: number;
  ids: Set<string>;
}

export function createDistinctRate({ windowMs, secret, shared }: DistinctRateOptions): DistinctRate {
  const own = new Map<string, Window>();

  function noteAlone(key: string, id: string): DistinctCount {
    const nowMs = Date.now();
    const known = own.get(key);
    const window = known && nowMs - known.startedAtMs < windowMs ? known : { startedAtMs: nowMs, ids: new Set<string>() };
    // Put at the end again: the map forgets whoever has been quiet longest.
    own.delete(key);
    own.set(key, window);
    if (own.size > MOST_WINDOWS_IN_MEMORY) own.delete(own.keys().next().value ?? key);
    const repeated = window.ids.has(id);
    window.ids.add(id);
    return { count: window.ids.size, repeated, resetsInMs: window.startedAtMs + windowMs - nowMs };
  }

  return {
    async note(who, id) {
      const key = createHmac('sha256', secret).update(who).digest('base64url');
      const alone = noteAlone(key, id);
      try {
        return await bounded(WAIT_MS, shared(key, id));
      } catch {
        return alone;
      }
    },
  };
}
