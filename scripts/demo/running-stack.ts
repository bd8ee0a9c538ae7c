import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataDirectory } from '../local-stack/paths.mjs';
import { createReport } from '../local-stack/report.mjs';
import { runStack } from '../local-stack/run-stack.mjs';
import { stackStatus } from '../local-stack/status-report.mjs';
import type { Stack } from './scene.ts';

/** The stack that runs in this folder, left as it is; without one, a stack made for the demo and removed after it. */
export async function findOrStartStack(): Promise<{ stack: Stack; dispose: () => Promise<void> }> {
  const running = await stackStatus(dataDirectory());
  if (running.ready) return { stack: running, dispose: async () => undefined };

  console.log('  No stack is running here: one is started for the demo.');
  const dataDir = mkdtempSync(join(tmpdir(), 'switchboard-demo-'));
  let stop = async () => {};
  const dispose = async () => {
    await stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void dispose().finally(() => process.exit(1)));
  try {
    await runStack({
      dataDir,
      report: createReport(),
      onSupervisor: (stopStack) => {
        stop = stopStack;
      },
    });
    return { stack: await stackStatus(dataDir), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
