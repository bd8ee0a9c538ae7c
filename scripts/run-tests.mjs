/**
 * `npm test [-- jest arguments]`: the suite against one real Temporal and one real MongoDB, started for the run.
 * The last line is "N passed, N failed[, N skipped]"; it fails when a test failed, none ran, or a process was left behind.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFailure } from './local-stack/failure.mjs';
import { endLeftovers } from './local-stack/leftovers.mjs';
import { projectRoot } from './local-stack/paths.mjs';
import { startTestServices } from './local-stack/test-services.mjs';

const runId = randomBytes(8).toString('hex');
const folder = mkdtempSync(join(tmpdir(), 'switchboard-run-'));
const resultPath = join(folder, 'result.json');
process.env.SWITCHBOARD_TEST_RUN = runId;

let services;
let jest;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    jest?.kill(signal);
  });
}

try {
  services = await startTestServices();
  const code = await runJest({ ...process.env, ...services.env });
  await services.stop();
  await conclude(code);
} catch (error) {
  await services?.stop();
  console.error(describeFailure(error));
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {NodeJS.ProcessEnv} env @returns {Promise<number>} */
function runJest(env) {
  const given = process.argv.slice(2);
  const isCounted = given.some((argument) => /^(-i|-w|--runInBand|--maxWorkers)/.test(argument));
  const workers = isCounted ? [] : ['--maxWorkers', String(Math.max(2, availableParallelism()))];
  const args = [...workers, '--json', '--outputFile', resultPath, ...given];
  return new Promise((resolve, reject) => {
    // The JSON goes to the file; jest's report for people goes to stderr.
    jest = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...args], { cwd: projectRoot, env, stdio: ['ignore', 'ignore', 'inherit'] });
    jest.once('error', reject);
    jest.once('exit', (code) => resolve(code ?? 1));
  });
}

/** @param {number} code jest's own verdict */
async function conclude(code) {
  const leftovers = await endLeftovers(`SWITCHBOARD_TEST_RUN=${runId}`, { deadlineMs: 10_000 });
  for (const { pid, command } of leftovers) console.log(`Left behind, and now ended: process ${pid} (${command.slice(0, 120)})`);
  const { passed, failed, skipped } = counts();
  const isGood = code === 0 && passed > 0 && failed === 0 && leftovers.length === 0 && !interrupted;
  process.exitCode = isGood ? 0 : 1;
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

/** A file that could not even be loaded counts as one failure. */
function counts() {
  try {
    const result = JSON.parse(readFileSync(resultPath, 'utf8'));
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
