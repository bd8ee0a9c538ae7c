import { removeDatabases } from './databases.mjs';
import { askSignInLink } from './demo-api.mjs';
import { loadDotEnv } from './environment.mjs';
import { describeFailure, lastLines, StageFailure } from './failure.mjs';
import { listenForKeys, openBrowser } from './keys.mjs';
import { dataDirectory, dataPaths, projectRoot } from './paths.mjs';
import { createReport } from './report.mjs';
import { runCommand } from './run-command.mjs';
import { runStack } from './run-stack.mjs';
import { runningStack } from './stack-state.mjs';
import { summary } from './summary.mjs';
import { AlreadyRunning } from './supervisor.mjs';

/**
 * The whole of `npm start`: runs until it is told to stop, and ends the process.
 * @param {{ describe?: typeof import('./processes.mjs').stackProcesses }} [options] `describe` names the processes, ours by default
 */
export async function startCommand({ describe } = {}) {
  loadDotEnv();
  const dataDir = dataDirectory();
  const report = createReport();

  let endStack = async () => {};
  let killStack = () => {};
  let isStopping = false;

  async function stopAndExit(code, reason) {
    if (isStopping) {
      killStack();
      process.exit(1);
    }
    isStopping = true;
    if (reason) report.line(reason);
    await endStack();
    report.line('  Stopped. npm start starts again with the same data; npm run reset removes it.');
    report.close();
    process.exit(code);
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => void stopAndExit(0, '  Stopping (once more kills at once)'));
  }
  stopWithNpm();

  try {
    await start();
  } catch (error) {
    if (error instanceof AlreadyRunning) await showRunning();
    else if (!isStopping) {
      isStopping = true;
      await endStack();
      report.close();
      console.error(describeFailure(error));
      process.exit(1);
    }
  }

  async function start() {
    refuseProductionWithoutServices();
    const { state, environment } = await runStack({
      dataDir,
      report,
      describe,
      onSupervisor: (stop, kill) => {
        endStack = stop;
        killStack = kill;
      },
    });
    const signInLink = state.mode === 'test' ? await askSignInLink(state.api, environment.DEMO_API_KEY) : undefined;
    report.line(
      summary({ headline: `Ready in ${report.elapsed()}`, state, signInLink, dataDir: dataDir.replace(projectRoot, '.'), isInteractive: report.isRich }),
    );
    if (report.isRich) offerKeys(state);
  }

  function offerKeys(state) {
    const stopListening = listenForKeys({
      o: () => openBrowser(state.mode === 'test' ? state.phone : state.inbox, report.line),
      d: async () => report.line((await runCommand(process.execPath, ['scripts/doctor.mjs'], { cwd: projectRoot })).output),
      l: () => {
        for (const name of Object.keys(state.pids).filter((pid) => pid !== 'supervisor')) {
          const path = `${dataPaths(dataDir).logs}/${name}.log`;
          report.line([`  ${path}`, ...lastLines(path, 5).map((text) => `  | ${text.slice(0, 200)}`)].join('\n'));
        }
      },
      r: async () => {
        stopListening();
        report.line('  Removing the demo data and starting again');
        await endStack();
        removeDatabases(dataDir);
        report.restartClock();
        await start();
      },
      q: () => void stopAndExit(0, '  Stopping'),
    });
  }

  async function showRunning() {
    const state = runningStack(dataDir);
    if (!state) {
      console.error(
        describeFailure(
          new StageFailure({
            stage: 'Start',
            reason: 'another start on this folder is under way',
            fix: 'Wait for it, then npm run status; SWITCHBOARD_DATA_DIR=.data-2 npm start runs a second stack.',
          }),
        ),
      );
      process.exit(1);
    }
    report.line(
      summary({ headline: `Already running (process ${state.pids.supervisor})`, state, dataDir: dataDir.replace(projectRoot, '.'), isInteractive: false }),
    );
    report.close();
    process.exit(0);
  }

  function refuseProductionWithoutServices() {
    if (process.env.SWITCHBOARD_MODE !== 'production' || (process.env.MONGODB_URI && process.env.TEMPORAL_ADDRESS)) return;
    throw new StageFailure({
      stage: 'Start',
      reason: 'production mode uses a MongoDB and a Temporal of your own',
      fix: 'Set MONGODB_URI and TEMPORAL_ADDRESS, use docker compose (docs/operations), or unset SWITCHBOARD_MODE for the demo.',
    });
  }

  /** npm may be killed without passing the signal on; the stack then ends with it. */
  function stopWithNpm() {
    if (process.env.npm_lifecycle_event !== 'start') return;
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && !isStopping && void stopAndExit(0, '  npm is gone, stopping'), 1000).unref();
  }
}
