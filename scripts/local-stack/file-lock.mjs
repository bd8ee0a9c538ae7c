import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** @param {string} path @returns {number | undefined} the process that holds the lock, when it still lives */
export function lockHolder(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    return pid > 0 && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock if no living process holds it. A lock left by a process that is gone is moved away first (a rename
 * succeeds for one contender only).
 * @param {string} path
 * @returns {{ release: () => void } | undefined}
 */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(mine, `${process.pid}\n`);
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        // A hard link appears with its content, so no reader ever sees a lock without its holder.
        linkSync(mine, path);
        return { release: () => lockHolder(path) === process.pid && unlinkSync(path) };
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
        if (lockHolder(path)) return undefined;
        dropStale(path);
      }
    }
    return undefined;
  } finally {
    unlinkSync(mine);
  }
}

/** @param {string} path */
function dropStale(path) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
    // Between the look and the rename somebody may have taken it properly: then it is put back.
    if (lockHolder(aside)) linkSync(aside, path);
    unlinkSync(aside);
  } catch {
    // Another contender was faster.
  }
}

/**
 * Runs `work` while holding the lock, waiting for other holders first.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {(holderPid: number) => void} [onWait] called once when somebody else holds it
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait) {
  let lock = tryLock(path);
  if (!lock) onWait?.(lockHolder(path) ?? 0);
  while (!lock) {
    await sleep(300);
    lock = tryLock(path);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
