import { StageFailure } from './failure.mjs';
import { tryLock } from './file-lock.mjs';
import { startGuard } from './guard.mjs';
import { dataPaths } from './paths.mjs';
import { clearState, writeState } from './stack-state.mjs';
import { createUnit } from './unit.mjs';

/** Another stack runs on the same data directory. */
export class AlreadyRunning extends Error {}

/**
 * Owns everything a stack consists of: starts it in order, keeps it running, writes down what runs where, stops it in
 * the reverse order. What is started is the caller's to say, step by step.
 * @param {{ dataDir: string, report: import('./report.mjs').Report }} options
 * @throws {AlreadyRunning}
 */
export function createSupervisor({ dataDir, report }) {
  const paths = dataPaths(dataDir);
  const lock = tryLock(paths.lock);
  if (!lock) throw new AlreadyRunning();
  clearState(dataDir);
  const guard = startGuard();
  /** @type {import('./unit.mjs').Unit[]} */
  const units = [];
  /** @type {Record<string, number | null>} */
  const pids = { supervisor: process.pid, temporal: null, mongod: null, simulator: null, api: null, worker: null };
  /** @type {import('./stack-state.mjs').StackState | undefined} */
  let state;
  let stopped;

  const save = () => state && !stopped && writeState(dataDir, { ...state, pids: { ...pids } });

  return {
    guard,
    pids,
    logPath: (name) => `${paths.logs}/${name}.log`,

    /**
     * Starts one program and shows it as a stage. From its first good start on it is kept running.
     * @param {{ name: string, label: string, tip?: string, graceMs?: number, start: (stop: AbortSignal) => Promise<import('./child.mjs').Child>, detail: () => string }} program
     */
    async run({ name, label, tip, graceMs, start, detail }) {
      if (stopped) return;
      const stage = report.stage(label, tip);
      const unit = createUnit({
        name,
        start,
        graceMs,
        say: report.warn,
        onPid: (pid) => {
          pids[name] = pid;
          save();
        },
      });
      units.push(unit);
      try {
        await unit.start();
        stage.done(detail());
      } catch (error) {
        if (stopped) return;
        stage.failed();
        throw error instanceof StageFailure
          ? error
          : new StageFailure({ stage: label, reason: error.message, fix: 'npm run doctor', logPath: this.logPath(name) });
      }
    },

    /** @param {Omit<import('./stack-state.mjs').StackState, 'pids'>} next */
    publish(next) {
      state = { ...next, pids };
      save();
    },

    /**
     * Stops every program in the given order (names not listed go first); calling it again waits for the same stop.
     * @param {string[]} order
     */
    stop(order) {
      stopped ??= (async () => {
        const rank = (unit) => order.indexOf(unit.name);
        for (const unit of [...units].sort((a, b) => rank(a) - rank(b))) await unit.stop();
        guard.close();
        clearState(dataDir);
        lock.release();
      })();
      return stopped;
    },

    /** The second Ctrl+C: nothing is waited for. */
    kill() {
      for (const unit of units) unit.kill();
      guard.close();
      clearState(dataDir);
      lock.release();
    },
  };
}
