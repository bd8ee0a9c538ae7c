import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockHolder, tryLock, withLock } from '../../../scripts/local-stack/file-lock.mjs';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-lock-'));
  path = join(folder, 'the.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a lock has one holder, and the next one gets it after the release', () => {
  const first = tryLock(path);
  expect(lockHolder(path)).toBe(process.pid);
  expect(tryLock(path)).toBeUndefined();

  first?.release();
  expect(lockHolder(path)).toBeUndefined();
  expect(tryLock(path)).toBeDefined();
});

it('the lock of a process that is gone is taken over', () => {
  writeFileSync(path, '4194303\n');
  expect(tryLock(path)).toBeDefined();
  expect(lockHolder(path)).toBe(process.pid);
});

it('work under one lock never overlaps, and a failure gives the lock back', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
  expect(most).toBe(1);

  await expect(withLock(path, () => Promise.reject(new Error('it broke')))).rejects.toThrow('it broke');
  expect(readdirSync(folder)).toEqual([]);
});
