import type { Contender, Run } from './load/contender.ts';
import type { Pair } from './statistics.ts';
import type { CpuUse, ProcessList } from './world/process-usage.ts';
import { cpuSeconds, cpuUse } from './world/process-usage.ts';

export interface PairedRuns {
  runs: { product: Run; floor: Run }[];
  /** What the machine did while the product worked, in the middle repeat. */
  cpu: CpuUse;
}

/**
 * Floor and product take turns, and take turns in going first: what the machine does besides hits both alike.
 * @param load the same load for either
 */
export async function takeTurns(
  { repeats, floor, product, processes }: { repeats: number; floor: Contender; product: Contender; processes: ProcessList },
  load: (contender: Contender) => Promise<Run>,
): Promise<PairedRuns> {
  const runs: { product: Run; floor: Run }[] = [];
  const uses: CpuUse[] = [];
  const ofProduct = async (): Promise<Run> => {
    const before = cpuSeconds(processes);
    const startedAt = performance.now();
    const run = await load(product);
    uses.push(cpuUse(before, cpuSeconds(processes), performance.now() - startedAt));
    return run;
  };
  for (let n = 0; n < repeats; n += 1) {
    if (n % 2 === 0) {
      const floorRun = await load(floor);
      runs.push({ floor: floorRun, product: await ofProduct() });
    } else {
      const productRun = await ofProduct();
      runs.push({ product: productRun, floor: await load(floor) });
    }
  }
  const bySize = uses.toSorted((a, b) => a.share - b.share);
  return { runs, cpu: bySize[Math.floor(bySize.length / 2)] ?? { cores: [], share: Number.NaN, machineShare: Number.NaN } };
}

export const pairsOf = ({ runs }: PairedRuns, judge: (run: Run) => number): Pair[] =>
  runs.map(({ product, floor }) => ({ product: judge(product), floor: judge(floor) }));

/** A load whose messages went unanswered is no measurement. @throws Error naming how many. */
export function expectAllAnswered({ runs }: PairedRuns): void {
  const failed = runs.reduce((sum, { product, floor }) => sum + product.failed + floor.failed, 0);
  if (failed > 0) throw new Error(`${failed} messages were not acknowledged or not answered in time`);
}
