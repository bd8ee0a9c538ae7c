import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { Guard } from '../../scripts/local-stack/guard.mjs';
import { startNodeProcess } from '../../scripts/local-stack/node-process.mjs';
import { freePort } from '../../scripts/local-stack/ports.mjs';
import { Cleanup } from '../../test/support/cleanup.ts';
import type { Contender, Run } from '../load/contender.ts';
import { postJson } from '../load/http-post.ts';
import type { ProcessList } from '../world/process-usage.ts';
import type { FloorRequest } from './floor.contract.ts';
import { floorEnvironment } from './floor.settings.ts';

export interface Floor extends Contender, AsyncDisposable {
  processes: ProcessList;
}

export interface FloorOptions {
  temporalAddress: string;
  folder: string;
  guard: Guard;
}

/** Starts the floor's worker and caller as processes of their own, like the product's, on queues of their own. */
export async function startFloor({ temporalAddress, folder, guard }: FloorOptions): Promise<Floor> {
  await using undo = new Cleanup();
  const bundlePath = join(folder, 'floor-bundle.js');
  writeFileSync(bundlePath, await bundleFloor());
  const [workerPort, clientPort] = await Promise.all([freePort(), freePort()]);
  const workerUrl = `http://127.0.0.1:${workerPort}`;
  const clientUrl = `http://127.0.0.1:${clientPort}`;

  const start = async (name: 'worker' | 'client', port: number, healthUrl: string) => {
    const settings = floorEnvironment({ temporalAddress, queuePrefix: `floor-${process.pid}-`, port, marksUrl: `${workerUrl}/marks`, bundlePath });
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'production', ...settings };
    const logPath = join(folder, `floor-${name}.log`);
    const child = await startNodeProcess({ name: `floor-${name}`, entry: `bench/floor/floor.${name}.ts`, env, healthUrl, guard, logPath });
    undo.defer(() => child.stop({ graceMs: 10_000 }));
    return child;
  };
  const worker = await start('worker', workerPort, workerUrl);
  const client = await start('client', clientPort, clientUrl);

  const ask = (request: FloorRequest): Promise<Run> => postJson<Run>(clientUrl, request);
  const owned = undo.handOver();
  return {
    name: 'floor',
    processes: { 'floor worker': () => worker.pid, 'floor caller': () => client.pid },
    open: (plan) => ask({ loop: 'open', ...plan }),
    closed: (plan) => ask({ loop: 'closed', gapMs: 0, ...plan }),
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

async function bundleFloor(): Promise<string> {
  const { code } = await bundleWorkflowCode({ workflowsPath: join(import.meta.dirname, 'floor.workflow.ts'), logger: new DefaultLogger('ERROR') });
  return code;
}
