import { join } from 'node:path';
import type { BenchArguments, Group } from './arguments.ts';
import { parseBenchArguments } from './arguments.ts';
import type { Figure } from './figure.ts';
import { measureAck } from './figures/ack.figures.ts';
import { measureBundle } from './figures/bundle.figures.ts';
import { measureCost } from './figures/cost.figures.ts';
import { measureGrowth } from './figures/growth.figures.ts';
import type { Measure } from './figures/measure.ts';
import { measureMemory } from './figures/memory.figures.ts';
import { measureStart } from './figures/start.figures.ts';
import { measureTargets } from './figures/targets.figures.ts';
import { measureThroughput } from './figures/throughput.figures.ts';
import { measureTurn } from './figures/turn.figures.ts';
import type { Result } from './report/result-file.ts';
import { describeMachine, RESULTS, withVerdicts, writeResult } from './report/result-file.ts';
import { renderTable } from './report/table.ts';
import { startWorld } from './world/world.ts';

const MEASURES: Record<Group, Measure> = {
  bundle: measureBundle,
  ack: measureAck,
  turn: measureTurn,
  throughput: measureThroughput,
  growth: measureGrowth,
  cost: measureCost,
  memory: measureMemory,
  targets: measureTargets,
  start: measureStart,
};

const startedAt = performance.now();
const say = (line: string): void => console.error(`  ${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4)} s  ${line}`);

try {
  process.exitCode = await run(parseBenchArguments(process.argv.slice(2)));
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 2;
}

/** Exit code 0: every goal is met; 1: some are not, or a group could not be measured. */
async function run({ groups, sizes, isQuick, jsonPath, profiles }: BenchArguments): Promise<number> {
  const machine = describeMachine();
  const figures: Figure[] = [];
  const troubles: Result['troubles'] = [];
  await using world = await startWorld({ say, ...(profiles ? { profileDir: join(RESULTS, 'profiles') } : {}) });
  for (const group of groups) {
    say(group);
    try {
      figures.push(...(await MEASURES[group]({ world, sizes, say })));
    } catch (thrown) {
      // One group that fails must not cost the others their half hour.
      const trouble = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      troubles.push({ group, trouble });
      say(`${group} could not be measured: ${trouble}`);
    }
  }
  const result: Result = { suite: 'messaging', at: new Date().toISOString(), isQuick, measures: world.measures, sizes, machine, figures: withVerdicts(figures), troubles };
  console.log(`\n${renderTable(figures)}\n`);
  console.log(`Measured ${world.measures}; ${machine.cores} cores, load ${machine.loadBefore.toFixed(1)} before it began${isQuick ? '; quick sizes, for trying out only' : ''}.`);
  console.log(`Written to ${writeResult(result, jsonPath)}`);
  return troubles.length === 0 && result.figures.every(({ met }) => met !== false) ? 0 : 1;
}
