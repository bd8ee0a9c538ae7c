import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createReport } from './local-stack/report.mjs';
import { runCommand } from './local-stack/run-command.mjs';

/**
 * `npm run build`: dist/ as it is shipped. The compiled layers, the web pages and the workflow bundle, with a package.json
 * that lets `#folder/name` find them. `--out` builds elsewhere, `--server` leaves the web pages out.
 */
const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' }, server: { type: 'boolean', default: false } } });
const out = resolve(root, values.out);
const report = createReport();
const node = (...args) => [process.execPath, ...args];

const STAGES = [
  { name: 'Server', command: node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', out) },
  {
    name: 'Web pages',
    command: node(
      'node_modules/vite/bin/vite.js',
      'build',
      '--config',
      'web/vite.config.ts',
      '--outDir',
      join(out, 'web'),
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ),
    needs: 'web/vite.config.ts',
    isWeb: true,
  },
  { name: 'Workflows', command: node('--import', 'tsx', 'scripts/build-workflows.ts', '--out', join(out, 'workflow-bundle.js')) },
  // What is shipped is looked at, not only the sources it came from.
  { name: 'Bundle', command: node('--import', 'tsx', 'scripts/check-bundle.ts', '--file', join(out, 'workflow-bundle.js')) },
];

removeEarlierOutput();
writePackageJson();
process.exitCode = await buildAll();
report.line(process.exitCode ? '' : `\n  Built ${values.out} in ${report.elapsed()}`);
report.close();

async function buildAll() {
  for (const { name, command, needs, isWeb } of STAGES) {
    if ((needs && !existsSync(join(root, needs))) || (isWeb && values.server)) continue;
    const stage = report.stage(name);
    const [program, ...args] = command;
    const { code, output } = await runCommand(program, args, { cwd: root, timeoutMs: 600_000 });
    if (code !== 0) {
      stage.failed();
      report.line(output.trim());
      return 1;
    }
    stage.done(output.trim().split('\n').at(-1));
  }
  return 0;
}

/** A file whose source is gone must not be shipped. A build without the web pages leaves the earlier ones in place. */
function removeEarlierOutput() {
  if (!existsSync(out)) return;
  for (const name of readdirSync(out)) {
    if (name !== 'web' || !values.server) rmSync(join(out, name), { recursive: true });
  }
}

function writePackageJson() {
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'package.json'), `${JSON.stringify({ type: 'module', imports: { '#*': './*.js' } }, null, 2)}\n`);
}
