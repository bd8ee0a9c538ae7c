import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createReport } from './local-stack/report.mjs';
import { runCommand } from './local-stack/run-command.mjs';

/**
 * `npm run verify [-- check…]`: everything that can be said of the sources without starting anything, in parallel.
 * CI runs the same command. Exits non-zero when a check fails, and prints what it said.
 */
const root = join(import.meta.dirname, '..');

/** A package's own program, run by this Node, so that no shell or npx stands between. */
const program = (path) => [process.execPath, join('node_modules', path)];
const tsc = program('typescript/bin/tsc');
const incremental = (name) => ['--noEmit', '--incremental', '--tsBuildInfoFile', join('node_modules', '.cache', 'switchboard', `${name}.tsbuildinfo`)];

const LAYERS = [
  'api',
  'workflows',
  'activities',
  'workers',
  'services',
  'domain',
  'models',
  'providers',
  'platform',
  'simulator',
  'web',
  'test',
  'scripts',
  'bench',
];

/** The slowest come first, so that they never start last. */
const CHECKS = [
  { name: 'types', command: [...tsc, '-p', 'tsconfig.json', ...incremental('root')] },
  { name: 'web types', command: [...tsc, '-p', 'web/tsconfig.json', ...incremental('web')], needs: 'web/tsconfig.json' },
  { name: 'bundle', command: [process.execPath, '--import', 'tsx', 'scripts/check-bundle.ts'] },
  { name: 'unused', command: [...program('knip/bin/knip.js'), '--no-progress'] },
  { name: 'layers', command: [...program('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.mjs', ...present(LAYERS)] },
  { name: 'style', command: [...program('@biomejs/biome/bin/biome'), 'check', '--diagnostic-level=warn', '--error-on-warnings', '.'] },
  { name: 'generated', command: [process.execPath, 'scripts/generate.mjs', '--check'] },
  { name: 'documents', command: [process.execPath, 'scripts/check-documents.mjs'] },
].filter(({ needs }) => !needs || existsSync(join(root, needs)));

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? CHECKS : CHECKS.filter(({ name }) => wanted.includes(name));
const report = createReport();
const failures = [];

const queue = [...chosen];
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, workThrough));

for (const { name, output } of failures) report.line(`\n---- ${name} ----\n${output.trim()}`);
report.line(failures.length === 0 ? `\n  Verified in ${report.elapsed()}` : `\n  ${failures.length} of ${chosen.length} checks failed in ${report.elapsed()}`);
report.close();
process.exitCode = failures.length === 0 ? 0 : 1;

async function workThrough() {
  for (let check = queue.shift(); check; check = queue.shift()) {
    const [command, ...args] = check.command;
    const stage = report.stage(check.name);
    const { code, output } = await runCommand(command, args, { cwd: root, env: { ...process.env, NO_COLOR: '1' }, timeoutMs: 300_000 });
    if (code === 0) {
      stage.done(check.name === 'bundle' ? output.trim() : '');
    } else {
      stage.failed();
      failures.push({ name: check.name, output });
    }
  }
}

function present(folders) {
  return folders.filter((folder) => existsSync(join(root, folder)));
}
