import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILDS, buildWhatChanged } from './builds.mjs';
import { provideMongod, provideTemporal } from './fetch-binary.mjs';
import { startGuard } from './guard.mjs';
import { startMongod } from './mongod.mjs';
import { projectRoot } from './paths.mjs';
import { freePort } from './ports.mjs';
import { startTemporal } from './temporal.mjs';

/** Says nothing: what is started here is not the point of a test run. @returns {import('./report.mjs').Report} */
function quietReport() {
  const stage = () => ({ done() {}, passed() {}, failed() {} });
  return { isRich: false, line() {}, warn() {}, elapsed: () => '', restartClock() {}, stage, close() {} };
}

/**
 * One Temporal and one MongoDB for a whole test run, on free ports and in a folder of their own, ended by `stop` or,
 * when the run is killed, by the guardian. `env` is what tests look for.
 */
export async function startTestServices() {
  const report = quietReport();
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-test-'));
  const guard = startGuard();
  const started = [];
  const stop = async () => {
    await Promise.all(started.map((child) => child.stop({ graceMs: 3000 })));
    guard.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const [temporal, mongod] = await Promise.all([
      startOne(started, async () =>
        startTemporal({ binary: (await provideTemporal({ report })).path, port: await freePort(), logPath: join(folder, 'temporal.log'), guard }),
      ),
      startOne(started, async () =>
        startMongod({
          binary: (await provideMongod({ report })).path,
          port: await freePort(),
          dbPath: join(folder, 'mongo'),
          logPath: join(folder, 'mongod.log'),
          isThrowaway: true,
          guard,
        }),
      ),
    ]);
    return {
      folder,
      stop,
      pids: { temporal: temporal.pid, mongod: mongod.pid },
      env: { TEST_TEMPORAL_ADDRESS: temporal.address, TEST_MONGODB_URI: mongod.uri, ...(await workflowBundle(report, folder)) },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startOne(started, start) {
  const child = await start();
  started.push(child);
  return child;
}

/**
 * The run gets a copy, so that a build made meanwhile does not change the workflows under its feet.
 * A tree whose workflows do not bundle can still run the tests that need none; the others are told why.
 */
async function workflowBundle(report, folder) {
  mkdirSync(join(projectRoot, '.data/logs'), { recursive: true });
  const build = BUILDS.filter(({ name }) => name === 'workflows');
  try {
    await buildWhatChanged({ root: projectRoot, report, logPath: join(projectRoot, '.data/logs/test-build.log'), builds: build });
    const copy = join(folder, 'workflow-bundle.js');
    copyFileSync(join(projectRoot, build[0].output), copy);
    return { TEST_WORKFLOW_BUNDLE: copy };
  } catch (error) {
    return { TEST_WORKFLOW_BUNDLE_PROBLEM: [error.message, ...(error.logLines ?? [])].join('\n') };
  }
}
