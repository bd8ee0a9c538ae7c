import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StageFailure } from './failure.mjs';

const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

/**
 * Starts a program whose output goes straight into a file, so that it never blocks on a reader that is gone.
 * It gets its own process group: Ctrl+C reaches the supervisor alone, which then stops the children in order.
 * @param {{ name: string, command: string, args: string[], env?: NodeJS.ProcessEnv, cwd?: string, logPath: string, guard?: import('./guard.mjs').Guard }} options
 */
export function startChild({ name, command, args, env, cwd, logPath, guard }) {
  const output = openLog(logPath);
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', output, output], detached: true });
  closeSync(output);
  const { pid } = child;
  if (pid) guard?.watch(pid);

  let end;
  /** @type {Promise<{ code: number | null, signal: NodeJS.Signals | null, error?: Error }>} */
  const exited = new Promise((resolve) => {
    const settle = (result) => {
      if (end) return;
      end = result;
      if (pid) guard?.release(pid);
      resolve(result);
    };
    child.once('error', (error) => settle({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => settle({ code, signal }));
  });

  return {
    name,
    pid: pid ?? 0,
    logPath,
    exited,
    isRunning: () => end === undefined,
    /** @param {NodeJS.Signals} signal */
    signal(signal) {
      if (end === undefined) child.kill(signal);
    },
    /** Asks, waits, then kills. @param {{ graceMs?: number }} [options] */
    async stop({ graceMs = 10_000 } = {}) {
      this.signal('SIGTERM');
      const waiting = new AbortController();
      await Promise.race([exited, sleep(graceMs, undefined, { signal: waiting.signal }).catch(() => {})]);
      waiting.abort();
      this.signal('SIGKILL');
      return exited;
    },
  };
}

/** @typedef {ReturnType<typeof startChild>} Child */

/** @param {string} path */
function openLog(path) {
  mkdirSync(dirname(path), { recursive: true });
  try {
    if (statSync(path).size > LOG_LIMIT_BYTES) renameSync(path, `${path}.1`);
  } catch {
    // No log yet.
  }
  return openSync(path, 'a');
}

/** @param {{ code: number | null, signal: NodeJS.Signals | null, error?: Error }} end */
export function describeEnd({ code, signal, error }) {
  if (error) return `could not be started: ${error.message}`;
  return signal ? `ended by ${signal}` : `ended with code ${code}`;
}

/**
 * Waits until `probe` answers true. Fails at once when the child ends or `stop` is aborted, and at the deadline, naming the stage.
 * @param {Child} child
 * @param {(signal: AbortSignal) => Promise<boolean>} probe
 * @param {{ stage: string, fix: string, deadlineMs: number, stop?: AbortSignal }} options
 */
export async function untilHealthy(child, probe, { stage, fix, deadlineMs, stop }) {
  const deadline = performance.now() + deadlineMs;
  let pauseMs = 20;
  for (;;) {
    if (stop?.aborted) throw new StageFailure({ stage, reason: 'stopped while starting', fix: 'Start again.' });
    if (!child.isRunning()) {
      throw new StageFailure({ stage, reason: describeEnd(await child.exited), fix, logPath: child.logPath });
    }
    const healthy = await probe(AbortSignal.timeout(2000)).catch(() => false);
    if (healthy) return;
    if (performance.now() > deadline) {
      throw new StageFailure({ stage, reason: `not healthy after ${deadlineMs / 1000} s`, fix, logPath: child.logPath });
    }
    await sleep(pauseMs);
    pauseMs = Math.min(pauseMs * 1.5, 200);
  }
}
