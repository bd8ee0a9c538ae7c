import { execFile } from 'node:child_process';
import { cp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MOST_OUTPUT = 64 * 1024 * 1024;

/** What `git clone` would give of this tree, changes not committed yet included, with its packages installed. */
export async function copyTree(from: string, to: string): Promise<void> {
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: from, maxBuffer: MOST_OUTPUT });
  for (const path of stdout.split('\0').filter((name) => name !== '')) {
    // A file deleted but not committed is still listed.
    if (await exists(join(from, path))) await cp(join(from, path), join(to, path), { recursive: true });
  }
  await copyPackages(join(from, 'node_modules'), join(to, 'node_modules'));
}

/** Hard links where both are on one disk: the packages are only read. What was built before stays behind. */
async function copyPackages(from: string, to: string): Promise<void> {
  await run('cp', ['-al', from, to], { maxBuffer: MOST_OUTPUT }).catch(async () => {
    await rm(to, { recursive: true, force: true });
    await run('cp', ['-a', from, to], { maxBuffer: MOST_OUTPUT });
  });
  await rm(join(to, '.cache'), { recursive: true, force: true });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
