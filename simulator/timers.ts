/** Owns everything the simulator still has to do, so that it can be counted, awaited and dropped. */
export interface Timers {
  /** Returns what takes it back. */
  after(ms: number, work: () => unknown): () => void;
  /** Never resolves once `clear` was called: what waited is dropped, not hurried. */
  sleep(ms: number): Promise<void>;
  track<T>(work: Promise<T>): Promise<T>;
  /** Lets work go on by itself; a failure is a defect of the simulator and goes to stderr. */
  background(work: Promise<unknown>): void;
  /** Work that has started or will start by itself: delayed callbacks, webhooks in flight. */
  pending(): number;
  clear(): void;
}

export function createTimers(): Timers {
  const waiting = new Set<NodeJS.Timeout>();
  let running = new Set<symbol>();

  const start = (ms: number, work: () => void) => {
    const timer = setTimeout(
      () => {
        waiting.delete(timer);
        work();
      },
      Math.max(0, ms),
    );
    waiting.add(timer);
    return () => {
      clearTimeout(timer);
      waiting.delete(timer);
    };
  };

  const track = async <T>(work: Promise<T>): Promise<T> => {
    const token = Symbol('running');
    running.add(token);
    try {
      return await work;
    } finally {
      running.delete(token);
    }
  };

  const background = (work: Promise<unknown>) => {
    track(work).catch((error: unknown) => {
      process.stderr.write(`simulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    });
  };

  return {
    after: (ms, work) => start(ms, () => background(Promise.resolve().then(work))),
    sleep: (ms) => (ms <= 0 ? Promise.resolve() : new Promise((resolve) => start(ms, resolve))),
    track,
    background,
    pending: () => waiting.size + running.size,
    clear() {
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
      running = new Set();
    },
  };
}
