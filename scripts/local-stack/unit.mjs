import { setTimeout as sleep } from 'node:timers/promises';
import { describeEnd } from './child.mjs';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const CALM_MS = 60_000;

/** @param {number} pauseMs */
const nextPause = (pauseMs) => Math.min(pauseMs * 2, LONGEST_PAUSE_MS);

/**
 * One supervised program: started by `start`, and after that kept running. When it ends by itself it is started again
 * after a pause that doubles each time and is forgotten once it ran for a minute.
 * @param {{ name: string, start: (stop: AbortSignal) => Promise<import('./child.mjs').Child>, say: (text: string) => void,
 *   onPid: (pid: number | null) => void, graceMs?: number }} options
 */
export function createUnit({ name, start, say, onPid, graceMs = 10_000 }) {
  const stopping = new AbortController();
  /** @type {import('./child.mjs').Child | undefined} */
  let child;
  let watching = Promise.resolve();
  let starting = Promise.resolve();

  const launch = async () => {
    child = await start(stopping.signal);
    onPid(child.pid);
  };

  const keepRunning = async () => {
    let pauseMs = FIRST_PAUSE_MS;
    while (child) {
      const since = performance.now();
      const end = await child.exited;
      if (stopping.signal.aborted) return;
      onPid(null);
      if (performance.now() - since > CALM_MS) pauseMs = FIRST_PAUSE_MS;
      say(`${name} ${describeEnd(end)}, starting again in ${pauseMs / 1000} s`);
      pauseMs = await restart(pauseMs);
    }
  };

  /** @param {number} firstPauseMs @returns {Promise<number>} the pause to take the next time */
  const restart = async (firstPauseMs) => {
    for (let pauseMs = firstPauseMs; ; pauseMs = nextPause(pauseMs)) {
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) {
        child = undefined;
        return pauseMs;
      }
      try {
        await launch();
        say(`${name} is running again`);
        return nextPause(pauseMs);
      } catch (error) {
        say(`${name} did not start (${error.message}), trying again in ${nextPause(pauseMs) / 1000} s`);
      }
    }
  };

  return {
    name,
    /** The first start; a failure is the caller's. From then on the program is kept running. */
    async start() {
      starting = launch();
      await starting;
      watching = keepRunning();
    },
    async stop() {
      stopping.abort();
      // A start under way ends itself, and its process, on the abort.
      await starting.catch(() => {});
      await child?.stop({ graceMs });
      await watching;
    },
    kill() {
      stopping.abort();
      child?.signal('SIGKILL');
    },
  };
}

/** @typedef {ReturnType<typeof createUnit>} Unit */
