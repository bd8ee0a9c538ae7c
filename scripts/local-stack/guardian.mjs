/**
 * Ends what the supervisor started when the supervisor itself was killed without a chance to do so.
 * It reads "guard <pid>" and "release <pid>" lines; the pipe closes when the supervisor is gone, whatever the reason,
 * and then every process still guarded is asked to stop and, a few seconds later, killed.
 */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 6000;
const guarded = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

const signalAll = (signal) => {
  for (const pid of guarded) {
    try {
      process.kill(pid, signal);
    } catch {
      guarded.delete(pid);
    }
  }
};

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [verb, pid] = line.split(' ');
    if (verb === 'guard') guarded.add(Number(pid));
    if (verb === 'release') guarded.delete(Number(pid));
  })
  .on('close', async () => {
    signalAll('SIGTERM');
    const deadline = performance.now() + GRACE_MS;
    while (guarded.size > 0 && performance.now() < deadline) {
      await sleep(100);
      signalAll(0);
    }
    signalAll('SIGKILL');
    process.exit(0);
  });
