import { z } from 'zod';
import { milliseconds, setting, wholeNumber } from './setting.ts';

export const OPERATIONS_SETTINGS = {
  mode: setting({
    env: 'SWITCHBOARD_MODE',
    group: 'Operations',
    about: '`test` runs against the local simulator, seeds demo businesses and opens the phone page; `production` does none of that.',
    schema: z.enum(['test', 'production']).default('production'),
  }),
  logLevel: setting({
    env: 'LOG_LEVEL',
    group: 'Operations',
    about: 'The least important log line that is written.',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  }),
  parentPid: setting({
    env: 'SWITCHBOARD_PARENT_PID',
    group: 'Operations',
    about: 'A process id to live and die with; set by `npm start` so that nothing is orphaned.',
    schema: wholeNumber(1, 4_194_304).optional(),
  }),
  metricsToken: setting({
    env: 'METRICS_TOKEN',
    group: 'Operations',
    about: 'When set, `/metrics` wants it as a bearer token; without it `/metrics` answers loopback callers only.',
    schema: z.string().min(16).optional(),
    secret: true,
    example: '',
  }),
  sweepEveryMs: setting({
    env: 'SWEEP_EVERY_MS',
    group: 'Operations',
    about: 'How often parked messages and stranded sends are looked for.',
    schema: milliseconds(1_000, 3_600_000).default(30_000),
  }),
  reconcileInboundEveryMs: setting({
    env: 'RECONCILE_INBOUND_EVERY_MS',
    group: 'Operations',
    about: "How often Twilio's list of received messages is compared with ours.",
    schema: milliseconds(1_000, 86_400_000).default(60_000),
  }),
  webhookLogDays: setting({
    env: 'WEBHOOK_LOG_DAYS',
    group: 'Operations',
    about: 'How long the webhook log is kept.',
    schema: wholeNumber(1, 365).default(14),
  }),
  demoApiKey: setting({
    env: 'DEMO_API_KEY',
    group: 'Operations',
    about: 'Test mode: the API key seeded for scripts.',
    schema: z.string().min(16).optional(),
    secret: true,
    example: '',
  }),
};
