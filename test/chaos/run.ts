import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BUILDS, buildWhatChanged } from '../../scripts/local-stack/builds.mjs';
import { projectRoot } from '../../scripts/local-stack/paths.mjs';
import { startStackUnderFire } from '../reliability/support/stack-under-fire.ts';
import { faultsNamed } from './fault.catalogue.ts';
import { reportOf } from './report.ts';
import type { StormEvent } from './storm.ts';
import { storm } from './storm.ts';

/**
 * `npm run chaos -- messaging [--n 300] [--seed 1] [--faults all|none|name,name] [--from ROUND] [--json FILE]`
 * Prints the timeline as JSON lines, then the verdict. Ends with 0 when every invariant held, 1 when one broke, 2 for a mistake in the call.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    n: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    faults: { type: 'string', default: 'all' },
    from: { type: 'string', default: '0' },
    json: { type: 'string' },
  },
});

async function main(): Promise<number> {
  const [messages, seed, fromRound] = [Number(values.n), Number(values.seed), Number(values.from)];
  if (positionals.join() !== 'messaging' || ![messages, seed, fromRound].every(Number.isSafeInteger)) {
    console.error('Usage: npm run chaos -- messaging [--n 300] [--seed 1] [--faults all|none|name,name] [--from ROUND] [--json FILE]');
    return 2;
  }
  const faults = faultsNamed(values.faults);
  await buildWorkflows();

  const timeline: StormEvent[] = [];
  const tell = (event: StormEvent): void => {
    timeline.push(event);
    console.log(JSON.stringify(event));
  };
  tell({ atMs: 0, event: 'storm', messages, seed, faults: faults.map(({ name }) => name) });
  await using fire = await startStackUnderFire({ apis: 2, workers: 2 });
  const result = await storm(fire, { messages, seed, faults, fromRound }, tell);
  for (const line of reportOf(result, seed)) console.log(line);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ seed, messages, ...result, timeline }, undefined, 2));
  return result.verdict.isClean && !result.stuck ? 0 : 1;
}

/** The workers load the bundle from where the build puts it. */
async function buildWorkflows(): Promise<void> {
  const silent = { done() {}, passed() {}, failed() {} };
  const report = { isRich: false, line() {}, warn() {}, elapsed: () => '', restartClock() {}, stage: () => silent, close() {} };
  const logs = join(projectRoot, '.data/logs');
  mkdirSync(logs, { recursive: true });
  await buildWhatChanged({ root: projectRoot, report, logPath: join(logs, 'chaos-build.log'), builds: BUILDS.filter(({ name }) => name === 'workflows') });
}

process.exitCode = await main();
