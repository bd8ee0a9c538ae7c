import { z } from 'zod';
import { commaList, milliseconds, onOff, setting, wholeNumber } from './setting.ts';

export const TEMPORAL_SETTINGS = {
  temporalAddress: setting({
    env: 'TEMPORAL_ADDRESS',
    group: 'Temporal',
    about: 'Host and port of the Temporal frontend.',
    schema: z.string().default('127.0.0.1:7233'),
  }),
  temporalNamespace: setting({
    env: 'TEMPORAL_NAMESPACE',
    group: 'Temporal',
    about: 'The Temporal namespace everything runs in.',
    schema: z.string().default('default'),
  }),
  temporalApiKey: setting({
    env: 'TEMPORAL_API_KEY',
    group: 'Temporal',
    about: 'API key for Temporal Cloud.',
    schema: z.string().optional(),
    secret: true,
    example: '',
  }),
  temporalTls: setting({
    env: 'TEMPORAL_TLS',
    group: 'Temporal',
    about: 'Use TLS towards Temporal (always on with an API key).',
    schema: onOff.default(false),
  }),
  temporalUiUrl: setting({
    env: 'TEMPORAL_UI_URL',
    group: 'Temporal',
    about: 'Address of the Temporal Web UI, for deep links; links are hidden without it.',
    schema: z.url().optional(),
    example: 'http://localhost:8233',
  }),
  taskQueuePrefix: setting({
    env: 'TASK_QUEUE_PREFIX',
    group: 'Temporal',
    about: 'Put before every task queue name, so that several installations share one namespace.',
    schema: z
      .string()
      .regex(/^[\w.-]*$/)
      .default(''),
  }),
  workerRoles: setting({
    env: 'WORKER_ROLES',
    group: 'Temporal',
    about: 'Which task queues this worker process serves: conversations, messaging.',
    schema: commaList.pipe(z.array(z.enum(['conversations', 'messaging'])).min(1)).default(['conversations', 'messaging']),
  }),
  workerHealthPort: setting({
    env: 'WORKER_HEALTH_PORT',
    group: 'Temporal',
    about: "Port of the worker's own health page; 0 picks a free one.",
    schema: wholeNumber(0, 65_535).default(3001),
  }),
  workflowBundle: setting({
    env: 'WORKFLOW_BUNDLE',
    group: 'Temporal',
    about: 'Path of the prebuilt workflow bundle.',
    schema: z.string().default('dist/workflow-bundle.js'),
  }),
  maxCachedWorkflows: setting({
    env: 'MAX_CACHED_WORKFLOWS',
    group: 'Temporal',
    about: 'How many conversations a worker keeps in memory between messages.',
    schema: wholeNumber(0, 10_000).default(600),
  }),
  stickyTimeoutMs: setting({
    env: 'STICKY_TIMEOUT_MS',
    group: 'Temporal',
    about: 'How long Temporal waits for a vanished worker before another takes the conversation over.',
    schema: milliseconds(500, 60_000).default(2_500),
  }),
  historyLimit: setting({
    env: 'HISTORY_LIMIT',
    group: 'Temporal',
    about: 'A conversation continues as a new run before its history grows past this many events.',
    schema: wholeNumber(30, 40_000).default(4_000),
  }),
};
