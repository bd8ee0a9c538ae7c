import { seededRandom } from '#simulator/random';
import type { ChaosFault } from './fault.catalogue.ts';

export interface PlannedFault {
  fault: ChaosFault;
  /** Milliseconds after the round began. */
  atMs: number;
  forMs: number;
  /** Handed to the fault: its own share of the seed. */
  chance: number;
}

const SHORTEST_MS = 500;
const LONGEST_MS = 4_000;
const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 3_000;

/** What goes wrong in one round, and when: the same seed and round always give the same plan. */
export function planFaults(faults: readonly ChaosFault[], { seed, round, lastsMs }: { seed: number; round: number; lastsMs: number }): PlannedFault[] {
  const random = seededRandom(seed * 7919 + round);
  const between = (least: number, most: number): number => Math.round(least + random() * (most - least));
  const planned: PlannedFault[] = [];
  for (const lane of ['processes', 'twilio'] as const) {
    const candidates = faults.filter((fault) => fault.lane === lane);
    if (candidates.length === 0) continue;
    for (let atMs = between(0, LONGEST_PAUSE_MS); atMs < lastsMs; ) {
      const fault = candidates[Math.floor(random() * candidates.length)] as ChaosFault;
      const forMs = between(SHORTEST_MS, LONGEST_MS);
      planned.push({ fault, atMs, forMs, chance: random() });
      atMs += forMs + between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
    }
  }
  return planned.sort((a, b) => a.atMs - b.atMs);
}
