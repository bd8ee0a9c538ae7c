import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { liveAndDieWith } from '#platform/parent-process';
import type { FloorActivities, FloorMark } from './floor.contract.ts';
import { floorQueues } from './floor.contract.ts';
import { readFloorSettings } from './floor.settings.ts';

/** The floor's worker: two queues in one process, as the product's worker has them. It tells whoever listens when a second step ran. */
const settings = readFloorSettings(process.env);
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

const readers = new Set<ServerResponse>();
const server = createServer((request, response) => {
  if (request.url !== '/marks') return void response.writeHead(200).end();
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
  readers.add(response);
  response.once('close', () => readers.delete(response));
});

const mark = (key: string): void => {
  const line = `${JSON.stringify({ key, atMs: Date.now() } satisfies FloorMark)}\n`;
  for (const reader of readers) reader.write(line);
};
const first: FloorActivities = { step: async () => {} };
const second: FloorActivities = { step: async (key) => mark(key) };

const queues = floorQueues(settings.queuePrefix);
const connection = await NativeConnection.connect({ address: settings.temporalAddress });
const common = { connection, maxConcurrentActivityTaskExecutions: 100 } as const;
const workers = [
  await Worker.create({
    ...common,
    taskQueue: queues.first,
    workflowBundle: { codePath: settings.bundlePath },
    activities: first,
    maxCachedWorkflows: 1_000,
    stickyQueueScheduleToStartTimeout: 2_500,
    workflowTaskPollerBehavior: { type: 'autoscaling' },
    activityTaskPollerBehavior: { type: 'autoscaling' },
  }),
  await Worker.create({ ...common, taskQueue: queues.second, activities: second }),
];

async function stop(): Promise<void> {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  server.close();
  server.closeAllConnections();
}
process.once('SIGTERM', () => void stop());
liveAndDieWith(settings.parentPid, () => void stop());

server.listen(settings.port, '127.0.0.1');
await Promise.all(workers.map((worker) => worker.run()));
await connection.close();
