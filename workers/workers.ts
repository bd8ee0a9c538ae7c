import type { WorkerOptions } from '@temporalio/worker';
import { NativeConnection, Worker } from '@temporalio/worker';
import { conversationActivities } from '#activities/conversation.activities';
import { maintenanceActivities } from '#activities/maintenance.activities';
import { messagingActivities } from '#activities/messaging.activities';
import { createDataConverter } from '#platform/temporal/data-converter';
import type { Installation } from '#services/context';
import { CONVERSATIONS_QUEUE, MESSAGING_QUEUE } from '#workflows/contracts/conversation';

export type WorkerRole = Installation['config']['workerRoles'][number];

export interface RunningWorkers extends AsyncDisposable {
  /** Resolves when every worker has drained and stopped; rejects when one of them breaks. */
  readonly stopped: Promise<void>;
  isRunning(): boolean;
  /** Stops polling, lets activities finish within the grace time, then closes the connection. */
  stop(): Promise<void>;
}

/** Activities get this long to finish after a stop is asked for, … */
const GRACE = '25 seconds';
/** … and this long until they are left behind. */
const FORCE_AFTER = '40 seconds';

/** Starts the workers of the configured roles. @throws when Temporal cannot be reached. */
export async function startWorkers(installation: Installation): Promise<RunningWorkers> {
  const { config } = installation;
  const connection = await NativeConnection.connect({
    address: config.temporalAddress,
    tls: config.temporalTls || config.temporalApiKey !== undefined,
    ...(config.temporalApiKey ? { apiKey: config.temporalApiKey } : {}),
  });
  const workers: Worker[] = [];
  try {
    for (const role of config.workerRoles) workers.push(await Worker.create(optionsOf(role, installation, connection)));
  } catch (thrown) {
    await connection.close();
    throw thrown;
  }
  const runs = workers.map((worker) => worker.run());
  const stopped = Promise.all(runs).then(async () => {
    await connection.close();
  });
  // Whoever waits for `stopped` sees the error; nobody waiting must not end the process.
  stopped.catch(() => undefined);

  const stop = async () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await stopped;
  };
  return { stopped, isRunning: () => workers.every((worker) => worker.getState() === 'RUNNING'), stop, [Symbol.asyncDispose]: stop };
}

function optionsOf(role: WorkerRole, installation: Installation, connection: NativeConnection): WorkerOptions {
  const { config } = installation;
  const common = {
    connection,
    namespace: config.temporalNamespace,
    dataConverter: createDataConverter(installation.keys),
    identity: `switchboard-${role}@${process.pid}`,
    shutdownGraceTime: GRACE,
    shutdownForceTime: FORCE_AFTER,
  } satisfies Partial<WorkerOptions>;
  if (role === 'messaging') {
    return {
      ...common,
      taskQueue: config.taskQueuePrefix + MESSAGING_QUEUE,
      activities: messagingActivities(installation),
      maxConcurrentActivityTaskExecutions: 100,
    };
  }
  return {
    ...common,
    taskQueue: config.taskQueuePrefix + CONVERSATIONS_QUEUE,
    workflowBundle: { codePath: config.workflowBundle },
    activities: { ...conversationActivities(installation), ...maintenanceActivities(installation) },
    maxCachedWorkflows: config.maxCachedWorkflows,
    // After a crash the next message waits this long for the vanished worker.
    stickyQueueScheduleToStartTimeout: config.stickyTimeoutMs,
    maxConcurrentActivityTaskExecutions: 100,
    workflowTaskPollerBehavior: { type: 'autoscaling' },
    activityTaskPollerBehavior: { type: 'autoscaling' },
  };
}
