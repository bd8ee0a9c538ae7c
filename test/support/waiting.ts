import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

interface Patience {
  timeoutMs?: number;
  everyMs?: number;
  /** Says, when the wait was in vain, what was waited for and what was there instead. */
  describe?: () => string;
}

/** Waits until `condition` holds; looks again every 50 ms. Rejects after `timeoutMs` (20 s). */
export async function until(condition: () => boolean | Promise<boolean>, { timeoutMs = 20_000, everyMs = 50, describe }: Patience = {}): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${describe?.() ?? condition.toString()}`);
    await sleep(everyMs);
  }
}

/** A zombie, ended but not yet collected by its parent, no longer runs. Its state is only known on Linux. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return processState(pid) !== 'Z';
}

function processState(pid: number): string | undefined {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
