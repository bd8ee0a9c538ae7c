import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The processes that carry `marker` in their environment, and so were started, at whatever remove, by the program that
 * put it there. Linux only; elsewhere nothing is found.
 * @param {string} marker "NAME=value"
 * @returns {{ pid: number, command: string }[]} never this process itself
 */
export function processesMarked(marker) {
  return listPids().flatMap((pid) => {
    try {
      if (pid === process.pid || !readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(marker)) return [];
      return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }];
    } catch {
      // It ended while we looked, or is not ours to look at.
      return [];
    }
  });
}

function listPids() {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}

/**
 * Waits until no marked process lives; what outlives the deadline is killed and answered.
 * @param {string} marker
 * @param {{ deadlineMs: number }} options
 */
export async function endLeftovers(marker, { deadlineMs }) {
  const deadline = performance.now() + deadlineMs;
  let left = processesMarked(marker);
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(100);
    left = processesMarked(marker);
  }
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Ended in the meantime.
    }
  }
  return left;
}
