import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../scripts/local-stack/paths.mjs';
import type { Figure } from '../figure.ts';
import { copyTree } from '../world/copy-tree.ts';
import type { Measure } from './measure.ts';

const COLD_S = 60;
const WARM_S = 15;
const GIVE_UP_AFTER_MS = 300_000;
const STOP_WITHIN_MS = 60_000;
/** `npm start` says of each stage how long it took: "  ok  Worker       (14.4 s)  …". */
const STAGE = /^\s*ok\s+(.+?)\s+\((\d+(?:\.\d+)?) s\)/;

interface Start {
  seconds: number;
  output: string;
}

/** `npm start` in a clone of its own: once with nothing built and no data, and once more. */
export const measureStart: Measure = async ({ say }) => {
  const clone = await mkdtemp(join(tmpdir(), 'switchboard-clone-'));
  try {
    say('start: copying the tree');
    await copyTree(projectRoot, clone);
    say('start: cold');
    const cold = await startOnce(clone);
    say('start: warm');
    const warm = await startOnce(clone);
    return [figureOf('start.cold', 'npm start, cold (packages installed)', cold, COLD_S), figureOf('start.warm', 'npm start, warm', warm, WARM_S)];
  } finally {
    await rm(clone, { recursive: true, force: true, maxRetries: 5 });
  }
};

function figureOf(id: string, name: string, { seconds, output }: Start, belowSeconds: number): Figure {
  const stages = stagesIn(output);
  const slowest = stages.toSorted((a, b) => b.seconds - a.seconds).slice(0, 3);
  const bottleneck = slowest.map((stage) => `${stage.name} ${stage.seconds} s`).join(', ');
  return { id, name, unit: 's', value: seconds, goal: { of: 'value', below: belowSeconds }, bottleneck, details: { stages } };
}

/** The stages by their own word; the servers start side by side. */
function stagesIn(output: string): { name: string; seconds: number }[] {
  return output.split('\n').flatMap((line) => {
    const [, name, seconds] = STAGE.exec(line) ?? [];
    return name === undefined ? [] : [{ name, seconds: Number(seconds) }];
  });
}

/** From the command to "Ready", and down again. */
async function startOnce(cwd: string): Promise<Start> {
  const { PATH, HOME, XDG_CACHE_HOME, TMPDIR } = process.env;
  const startedAt = performance.now();
  // A process group of its own, as a terminal would give it, so that stopping reaches npm and what it started.
  const child = spawn('npm', ['start'], { cwd, env: { PATH, HOME, XDG_CACHE_HOME, TMPDIR }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  try {
    await new Promise<void>((resolve, reject) => {
      const note = (text: Buffer): void => {
        output += text.toString();
        if (output.includes('Ready in')) resolve();
      };
      child.stdout.on('data', note);
      child.stderr.on('data', note);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output.slice(-2_000)}`)));
      setTimeout(() => reject(new Error(`npm start was not ready after ${GIVE_UP_AFTER_MS / 1_000} s:\n${output.slice(-2_000)}`)), GIVE_UP_AFTER_MS).unref();
    });
    return { seconds: (performance.now() - startedAt) / 1_000, output };
  } finally {
    signalGroup(child.pid, 'SIGINT');
    const isStopped = await Promise.race([ended.then(() => true), sleep(STOP_WITHIN_MS, false)]);
    if (!isStopped) signalGroup(child.pid, 'SIGKILL');
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It ended by itself.
  }
}
