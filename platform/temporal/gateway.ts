import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { Config } from '../config.ts';

/** The connection to Temporal: made lazily, so a process starts and serves while Temporal is away. */
export interface TemporalGateway {
  readonly client: Client;
  /** Pollers seen in the last minutes on a queue (without prefix), by kind. @throws when Temporal cannot be asked within `withinMs`. */
  pollers(queue: string, withinMs: number): Promise<{ workflow: number; activity: number }>;
  /** Resolves when Temporal answers within the time. @throws otherwise. */
  ping(withinMs: number): Promise<void>;
  /** Address of a workflow's page in the Temporal Web UI; undefined when no UI is configured. */
  urlOf(workflowId: string): string | undefined;
  close(): Promise<void>;
}

const WORKFLOW_QUEUE = 1;
const ACTIVITY_QUEUE = 2;

export function connectTemporal(config: Config, dataConverter: DataConverter): TemporalGateway {
  const connection = Connection.lazy({
    address: config.temporalAddress,
    tls: config.temporalTls || config.temporalApiKey !== undefined,
    ...(config.temporalApiKey ? { apiKey: config.temporalApiKey } : {}),
  });
  const client = new Client({ connection, namespace: config.temporalNamespace, dataConverter });
  const namespace = config.temporalNamespace;

  async function countPollers(name: string, taskQueueType: number, withinMs: number): Promise<number> {
    const answer = await connection.withDeadline(Date.now() + withinMs, () =>
      connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType }),
    );
    return answer.pollers.length;
  }

  return {
    client,
    async pollers(queue, withinMs) {
      const name = config.taskQueuePrefix + queue;
      const [workflow, activity] = await Promise.all([countPollers(name, WORKFLOW_QUEUE, withinMs), countPollers(name, ACTIVITY_QUEUE, withinMs)]);
      return { workflow, activity };
    },
    async ping(withinMs) {
      await connection.withDeadline(Date.now() + withinMs, () => connection.workflowService.getSystemInfo({}));
    },
    urlOf: (workflowId) =>
      config.temporalUiUrl
        ? `${config.temporalUiUrl.replace(/\/+$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`
        : undefined,
    close: () => connection.close(),
  };
}
