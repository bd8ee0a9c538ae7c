import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StageFailure } from './failure.mjs';
import { withLock } from './file-lock.mjs';
import { runCommand } from './run-command.mjs';

/**
 * @typedef {{ name: string, label: string, command: string, requires: string, sources: string[], output: string, tip: string, draft?: string }} Build
 * `requires` is the file without which there is nothing to build; with `draft` the output appears there first and then
 * takes its place in one step, so that a worker never reads half a bundle
 */

/** @type {Build[]} */
export const BUILDS = [
  {
    name: 'workflows',
    label: 'Workflows',
    command: 'build:workflows',
    requires: 'scripts/build-workflows.ts',
    sources: ['workflows', 'domain', 'platform', 'scripts/build-workflows.ts', 'package.json', 'package-lock.json'],
    output: 'dist/workflow-bundle.js',
    draft: 'dist/.workflow-bundle.draft.js',
    tip: 'bundling',
  },
  {
    name: 'web',
    label: 'Web pages',
    command: 'build:web',
    requires: 'web/vite.config.ts',
    sources: ['web', 'domain', 'package.json', 'package-lock.json'],
    output: 'dist/web/index.html',
    tip: 'bundling',
  },
];

/**
 * Builds what its sources have changed since; the rest is left as it is.
 * @param {{ root: string, report: import('./report.mjs').Report, logPath: string, env?: NodeJS.ProcessEnv, builds?: Build[] }} options
 */
export function buildWhatChanged({ root, report, logPath, env = process.env, builds = BUILDS }) {
  return withLock(join(root, '.data', 'builds.lock'), () => buildAll({ root, report, logPath, env, builds }));
}

/** @param {Required<Parameters<typeof buildWhatChanged>[0]>} options */
async function buildAll({ root, report, logPath, env, builds }) {
  for (const { name, label, command, requires, sources, output, tip, draft } of builds) {
    if (!existsSync(join(root, requires))) continue;
    const stampPath = join(root, 'node_modules', '.cache', 'switchboard', `${name}.sha256`);
    const stamp = hashOf(root, sources);
    if (existsSync(join(root, output)) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) continue;

    const stage = report.stage(label, tip);
    rmSync(stampPath, { force: true });
    const { code } = await runCommand('npm', ['run', '--silent', command, ...(draft ? ['--', '--out', draft] : [])], {
      cwd: root,
      env,
      logPath,
      timeoutMs: 10 * 60_000,
    });
    if (code === 0 && draft) renameSync(join(root, draft), join(root, output));
    if (code !== 0 || !existsSync(join(root, output))) {
      stage.failed(`npm run ${command}`);
      throw new StageFailure({
        stage: label,
        reason: code === 0 ? `npm run ${command} left no ${output}` : `npm run ${command} ended with code ${code}`,
        logPath,
        fix: `npm run ${command} shows the whole error; npm run verify checks the sources.`,
      });
    }
    mkdirSync(join(root, 'node_modules', '.cache', 'switchboard'), { recursive: true });
    writeFileSync(stampPath, stamp);
    stage.done(output);
  }
}

/** @param {string} root @param {string[]} sources files and folders; names and contents count, dates do not */
function hashOf(root, sources) {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => filesUnder(root, source)).sort()) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} root @param {string} path @returns {string[]} */
function filesUnder(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .filter((name) => name !== 'node_modules' && name !== 'dist')
    .flatMap((name) => filesUnder(root, join(path, name)));
}
