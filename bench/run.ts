import { join } from 'node:path';
import type { BenchArguments, Group } from './arguments.ts';
import { parseBenchArguments, USAGE } from './arguments.ts';
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

if (process.argv.includes('--help')) console.log(USAGE);
else process.exitCode = await main();

async function main(): Promise<number> {
  try {
    return await run(parseBenchArguments(process.argv.slice(2)));
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    return 2;
  }
}

/** 0: every goal is met; 1: some are not, or a group could not be measured. */
async function run({ groups, sizes, isQuick, jsonPath, profiles }: BenchArguments): Promise<number> {
  const machine = describeMachine();
  await using world = await startWorld({ say, ...(profiles ? { profileDir: join(RESULTS, 'profiles') } : {}) });
  const result: Result = { suite: 'messaging', at: new Date().toISOString(), isQuick, measures: world.measures, sizes, machine, figures: [], troubles: [] };
  let path = '';
  for (const group of groups) {
    say(group);
    try {
      result.figures.push(...withVerdicts(await MEASURES[group]({ world, sizes, say })));
    } catch (thrown) {
      // One group that fails must not cost the others their half hour.
      const trouble = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      result.troubles.push({ group, trouble });
      say(`${group} could not be measured: ${trouble}`);
    }
    // After each group, so that a run that is broken off still leaves what it measured.
    path = writeResult(result, jsonPath);
  }
  console.log(`\n${renderTable(result.figures)}\n`);
  for (const { group } of result.troubles) console.log(`NOT MEASURED: ${group}; the reason stands in the JSON.`);
  console.log(
    `Measured ${world.measures}; ${machine.cores} cores, load ${machine.loadBefore.toFixed(1)} before it began${isQuick ? '; quick sizes, for trying out only' : ''}.`,
  );
  console.log(`Written to ${path}`);
  return result.troubles.length === 0 && result.figures.every(({ met }) => met !== false) ? 0 : 1;
}
