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
    const { code } = await runCommand('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root, env, logPath, timeoutMs: 20 * 60_000 });
    if (code !== 0) {
      stage.failed('npm ci');
      throw new StageFailure({
        stage: 'Packages',
        reason: code === 127 ? 'npm is not on the PATH' : `npm ci ended with code ${code}`,
        logPath,
        fix: "Check the network and npm's registry setting (npm ping), then try again.",
      });
    }
    stage.done('npm ci');
  }
  writeFileSync(stampPath, stamp);
}

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
