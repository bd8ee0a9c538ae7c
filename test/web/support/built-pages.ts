import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = process.cwd();
const SOURCES = ['web', 'domain'];

/** The folder with the built pages: dist/web when it is newer than its sources, else a build of its own that parallel test files share. */
export async function builtPages(): Promise<string> {
  const newest = Math.max(...(await Promise.all(SOURCES.map((folder) => newestIn(join(ROOT, folder))))));
  const ready = join(ROOT, 'dist/web');
  const builtAt = await stat(join(ready, 'index.html')).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (builtAt > newest) return ready;

  const shared = join(tmpdir(), `switchboard-web-${Math.round(newest)}`);
  if (existsSync(join(shared, 'index.html'))) return shared;
  const own = await mkdtemp(join(tmpdir(), 'switchboard-web-build-'));
  await promisify(execFile)(
    process.execPath,
    [resolve(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--config', 'web/vite.config.ts', '--outDir', own, '--emptyOutDir'],
    { cwd: ROOT },
  );
  // Whoever is first gives the build its shared name; the others find it taken and use that one.
  await rename(own, shared).catch(() => rm(own, { recursive: true, force: true }));
  return shared;
}

async function newestIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const times = await Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs));
  return Math.max(0, ...times);
}
