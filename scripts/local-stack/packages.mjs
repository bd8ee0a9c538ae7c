import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StageFailure } from './failure.mjs';
import { runCommand } from './run-command.mjs';

/**
 * Installs the locked packages unless exactly these are installed already. A hand-made `npm ci` or `npm install` counts:
 * npm's own record of what it put there is compared with the lock file.
 * @param {{ root: string, report: import('./report.mjs').Report, logPath: string, env?: NodeJS.ProcessEnv }} options
 */
export async function installPackages({ root, report, logPath, env = process.env }) {
  const stampPath = join(root, 'node_modules', '.switchboard-lock-hash');
  const stamp = lockHash(root);
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;

  if (!isInstalled(root)) {
    const stage = report.stage('Packages', 'about two minutes, once');
    const { code, output, command } = await runNpm({ root, logPath, env });
    if (code !== 0) {
      stage.failed(command);
      throw new StageFailure({
        stage: 'Packages',
        reason: code === 127 ? 'npm is not on the PATH' : `${command} ended with code ${code}`,
        logPath,
        logLines: npmErrors(output),
        fix: "Check the network and npm's registry setting (npm ping), then try again.",
      });
    }
    stage.done(command);
  }
  writeFileSync(stampPath, stamp);
}

/**
 * `npm ci`; and where that refuses the lock file, `npm install` with the versions it does name. A registry that does not
 * carry the binaries of other systems makes such lock files: they lack only what this machine has no use for.
 */
async function runNpm({ root, logPath, env }) {
  const options = { cwd: root, env, logPath, timeoutMs: 20 * 60_000 };
  const flags = ['--include=dev', '--no-audit', '--no-fund'];
  const clean = await runCommand('npm', ['ci', ...flags], options);
  if (clean.code === 0 || !clean.output.includes('EUSAGE')) return { ...clean, command: 'npm ci' };
  return { ...(await runCommand('npm', ['install', '--no-save', ...flags], options)), command: 'npm install' };
}

/** @param {string} output @returns {string[]} npm says first what is wrong, and then how to use it */
const npmErrors = (output) =>
  output
    .split('\n')
    .filter((line) => /^npm error \S/.test(line))
    .slice(0, 10);

/** @param {string} root @returns {string} changes with the lock file, the Node version's ABI and the platform */
function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update([process.versions.modules, process.platform, process.arch].join())
    .digest('hex');
}

/** @param {string} root whether every package of the lock file is there in its version; optional ones may be absent */
function isInstalled(root) {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(readPackages(join(root, 'package-lock.json')) ?? {})
    .filter(([path, { optional, devOptional }]) => path !== '' && !optional && !devOptional)
    .every(([path, { version }]) => installed[path]?.version === version && existsSync(join(root, path)));
}

/** @param {string} path @returns {Record<string, { version: string, optional?: boolean, devOptional?: boolean }> | undefined} */
function readPackages(path) {
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}
