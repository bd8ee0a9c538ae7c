import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '..', '..');

interface Ended {
  code: number;
  output: string;
}

async function run(args: string[], env: NodeJS.ProcessEnv = process.env): Promise<Ended> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 16 * 1024 * 1024 });
    return { code: 0, output: stdout + stderr };
  } catch (failure) {
    const { code, stdout, stderr } = failure as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

describe('what npm run build ships', () => {
  // Below node_modules, so that the built files find the libraries.
  const cache = join(root, 'node_modules', '.cache', 'switchboard');
  let dist: string;

  beforeAll(async () => {
    mkdirSync(cache, { recursive: true });
    dist = mkdtempSync(join(cache, 'build-test-'));
    const { code, output } = await run(['scripts/build.mjs', '--server', '--out', dist]);
    if (code !== 0) throw new Error(output);
  }, 300_000);

  afterAll(() => rmSync(dist, { recursive: true, force: true }));

  test('the processes, the commands and the workflow bundle, and no test and no simulator', () => {
    for (const file of ['api/main.js', 'workers/main.js', 'scripts/cli.js', 'scripts/smoke.js', 'workflow-bundle.js', 'package.json'])
      expect([file, existsSync(join(dist, file))]).toEqual([file, true]);
    for (const folder of ['test', 'simulator', 'bench']) expect([folder, existsSync(join(dist, folder))]).toEqual([folder, false]);
  });

  test('Node can load every module of it: no alias, extension or type import is left behind', async () => {
    const entries = /^(api|workers)\/main\.js$|^scripts\/(cli|smoke)\.js$|^workflow-bundle\.js$/;
    const modules = readdirSync(dist, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
      .map((entry) => relative(dist, join(entry.parentPath, entry.name)))
      .filter((file) => !entries.test(file));
    expect(modules.length).toBeGreaterThan(50);
    const loader = join(dist, 'load-everything.mjs');
    writeFileSync(loader, `${modules.map((file) => `await import('./${file}');`).join('\n')}\nprocess.exit(0);\n`);
    expect(await run([loader])).toEqual({ code: 0, output: '' });
  }, 60_000);

  test.each(['api/main.js', 'workers/main.js'])(
    '%s starts, finds its secrets missing, says so and stops',
    async (entry) => {
      const { code, output } = await run([join(dist, entry)], { PATH: process.env.PATH });
      expect(code).not.toBe(0);
      expect(output).toContain('SESSION_SECRET: is required');
      expect(output).toContain('ENCRYPTION_KEY: is required');
    },
    60_000,
  );

  test('the commands work in it', async () => {
    const { code, output } = await run([join(dist, 'scripts/cli.js'), 'check-config'], { PATH: process.env.PATH });
    expect(code).toBe(1);
    expect(output).toContain('The configuration has 2 faults');
  }, 60_000);

  test('the shipped workflow bundle names no path of the machine it was built on', () => {
    const code = readFileSync(join(dist, 'workflow-bundle.js'), 'utf8').split('//# sourceMappingURL=')[0];
    expect(code).not.toContain(root);
  });
});
