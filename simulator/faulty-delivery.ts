import type { Fault } from './faults.ts';
import type { World } from './world.ts';

const REORDER_WAIT_MS = 2_000;

/** Holds requests that a `reorder` fault struck until the next one of the same kind has gone out. */
export interface HeldRequests {
  hold(key: string, maxMs: number): Promise<void>;
  /** Lets go of what was held before this one went out. */
  passed(key: string): void;
  clear(): void;
}

export function createHeldRequests(world: Pick<World, 'timers'>): HeldRequests {
  const held = new Map<string, Set<() => void>>();
  return {
    hold(key, maxMs) {
      return new Promise((resolve) => {
        const waiting = held.get(key) ?? new Set();
        const release = () => {
          waiting.delete(release);
          takeBack();
          resolve();
        };
        const takeBack = world.timers.after(maxMs, release);
        waiting.add(release);
        held.set(key, waiting);
      });
    },
    passed(key) {
      for (const release of [...(held.get(key) ?? [])]) release();
    },
    clear() {
      for (const key of held.keys()) for (const release of [...(held.get(key) ?? [])]) release();
    },
  };
}

/** How many times a struck request goes out, after the waiting its fault asks for; 0 when it is lost. */
export async function submitToFault(world: World, fault: Fault | undefined, orderKey: string): Promise<number> {
  switch (fault?.kind) {
    case 'drop':
      return 0;
    case 'duplicate':
      return 2;
    case 'delay':
      await world.timers.sleep(fault.ms ?? 1_000);
      return 1;
    case 'reorder':
      await world.held.hold(orderKey, fault.ms ?? REORDER_WAIT_MS);
      return 1;
    default:
      return 1;
  }
}
