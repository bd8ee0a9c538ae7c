import { z } from 'zod';

/** One setting: what it is called outside, what it means, and what a good value looks like. `.env.example` and docs/configuration.md are made from these. */
export interface Setting<T extends z.ZodType = z.ZodType> {
  env: string;
  /** One sentence for docs/configuration.md. */
  about: string;
  group: 'Web' | 'Data' | 'Temporal' | 'Twilio' | 'Assistant' | 'Conversations' | 'Limits' | 'Operations';
  schema: T;
  /** Never printed; may be given encrypted (`enc:…`, see platform/config.secrets.ts). A secret has no default. */
  secret?: boolean;
  /** A made-up value for `.env.example` where there is no default. */
  example?: string;
}

const setting = <T extends z.ZodType>(definition: Setting<T>): Setting<T> => definition;

const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const milliseconds = (least: number, most: number) => wholeNumber(least, most);
const commaList = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
  .pipe(z.array(z.string()));
const onOff = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');
const phoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/, 'an E.164 number such as +31201234567');
const key32 = z.string().refine((value) => Buffer.from(value, 'base64').length === 32, '32 random bytes in base64: openssl rand -base64 32');

const DURATION_UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** "24h", "30m", "7d" or plain seconds; becomes milliseconds. */
const duration = z.string().transform((value, context) => {
  const match = /^(\d+)([smhd]?)$/.exec(value.trim());
  if (!match) {
    context.addIssue({ code: 'custom', message: 'a duration such as 24h, 30m, 90s or 7d' });
    return z.NEVER;
  }
  return Number(match[1]) * DURATION_UNITS[(match[2] || 's') as keyof typeof DURATION_UNITS];
});

export const SETTINGS = {
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

  httpPort: setting({ env: 'HTTP_PORT', group: 'Web', about: 'The port the API and the pages listen on.', schema: wholeNumber(0, 65_535).default(3000) }),
  httpHost: setting({ env: 'HTTP_HOST', group: 'Web', about: 'The address the API binds to.', schema: z.string().default('127.0.0.1') }),
  publicUrl: setting({
    env: 'PUBLIC_URL',
    group: 'Web',
    about: 'The address people reach this installation at; outside localhost it must be https.',
    schema: z.url().default('http://localhost:3000'),
  }),
  trustedProxies: setting({
    env: 'TRUSTED_PROXIES',
    group: 'Web',
    about: 'Addresses or ranges of the reverse proxies whose forwarded scheme and client address are believed; empty believes nobody.',
    schema: commaList.default([]),
  }),
  corsOrigins: setting({
    env: 'CORS_ORIGINS',
    group: 'Web',
    about: 'Websites whose pages may call the web chat API, separated by commas.',
    schema: commaList.default([]),
  }),
  sessionSecret: setting({
    env: 'SESSION_SECRET',
    group: 'Web',
    about: 'Signs session cookies and visitor tokens.',
    schema: z.string().min(32, 'at least 32 characters: openssl rand -base64 32'),
    secret: true,
    example: '',
  }),

  mongodbUri: setting({
    env: 'MONGODB_URI',
    group: 'Data',
    about: 'The MongoDB replica set (change streams and transactions need one), with the database name in the path.',
    schema: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, 'a mongodb:// or mongodb+srv:// address')
      .default('mongodb://127.0.0.1:27017/switchboard?replicaSet=rs0'),
  }),
  encryptionKey: setting({
    env: 'ENCRYPTION_KEY',
    group: 'Data',
    about: 'The envelope key that wraps every other key; losing it loses every message.',
    schema: key32,
    secret: true,
    example: '',
  }),

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

  twilioAccountSid: setting({
    env: 'TWILIO_ACCOUNT_SID',
    group: 'Twilio',
    about: 'The account of the first business; further businesses bring their own.',
    schema: z
      .string()
      .regex(/^AC[0-9a-f]{32}$/, 'AC and 32 hexadecimal digits')
      .optional(),
    example: 'AC00000000000000000000000000000000',
  }),
  twilioAuthToken: setting({
    env: 'TWILIO_AUTH_TOKEN',
    group: 'Twilio',
    about: 'Auth token of that account; signs its webhooks.',
    schema: z.string().min(8).optional(),
    secret: true,
    example: '',
  }),
  twilioPhoneNumber: setting({
    env: 'TWILIO_PHONE_NUMBER',
    group: 'Twilio',
    about: "The first business's number for SMS and calls.",
    schema: phoneNumber.optional(),
    example: '+31201234567',
  }),
  twilioWhatsappNumber: setting({
    env: 'TWILIO_WHATSAPP_NUMBER',
    group: 'Twilio',
    about: "The first business's WhatsApp sender.",
    schema: phoneNumber.optional(),
    example: '+31201234567',
  }),
  twilioWebhookUrl: setting({
    env: 'TWILIO_WEBHOOK_URL',
    group: 'Twilio',
    about: 'The base address Twilio calls, byte for byte as configured there; PUBLIC_URL when absent.',
    schema: z.url().optional(),
    example: 'https://switchboard.example.com',
  }),
  twilioWebhookSecret: setting({
    env: 'TWILIO_WEBHOOK_SECRET',
    group: 'Twilio',
    about: 'An optional second check: when set, webhook paths end in it (/webhooks/twilio/sms/<secret>).',
    schema: z
      .string()
      .regex(/^[\w-]{16,}$/, 'at least 16 letters, digits, - or _')
      .optional(),
    secret: true,
    example: '',
  }),
  twilioVerifyServiceSid: setting({
    env: 'TWILIO_VERIFY_SERVICE_SID',
    group: 'Twilio',
    about: 'The Verify service of the first business.',
    schema: z
      .string()
      .regex(/^VA[0-9a-f]{32}$/, 'VA and 32 hexadecimal digits')
      .optional(),
    example: 'VA00000000000000000000000000000000',
  }),
  twilioApiBaseUrl: setting({
    env: 'TWILIO_API_BASE_URL',
    group: 'Twilio',
    about: 'Send Twilio API calls here instead of to Twilio (the local simulator).',
    schema: z.url().optional(),
    example: 'http://localhost:4010',
  }),
  twilioTimeoutMs: setting({
    env: 'TWILIO_TIMEOUT_MS',
    group: 'Twilio',
    about: 'How long one Twilio call may take before its outcome counts as unknown.',
    schema: milliseconds(100, 60_000).default(10_000),
  }),
  simulatorUrl: setting({
    env: 'SIMULATOR_URL',
    group: 'Twilio',
    about: 'The local simulator the phone page talks to; test mode only.',
    schema: z.url().optional(),
    example: 'http://localhost:4010',
  }),

  assistantTimeoutMs: setting({
    env: 'ASSISTANT_TIMEOUT_MS',
    group: 'Assistant',
    about: 'How long an assistant may think before the fallback text is sent.',
    schema: milliseconds(10, 120_000).default(20_000),
  }),
  maxContextMessages: setting({
    env: 'MAX_CONTEXT_MESSAGES',
    group: 'Assistant',
    about: 'How many earlier messages the assistant reads.',
    schema: wholeNumber(1, 200).default(20),
  }),

  conversationTtlMs: setting({
    env: 'CONVERSATION_TTL',
    group: 'Conversations',
    about: 'A session ends, and its context is dropped, after this much silence.',
    schema: duration.default(86_400_000),
    example: '24h',
  }),
  quietMs: setting({
    env: 'QUIET_WINDOW_MS',
    group: 'Conversations',
    about: 'How long an SMS or WhatsApp customer must be silent before a reply is composed; 0 replies at once.',
    schema: milliseconds(0, 60_000).default(1_500),
  }),
  maxBurstMs: setting({
    env: 'MAX_BURST_MS',
    group: 'Conversations',
    about: 'The longest a burst of messages may keep the reply waiting.',
    schema: milliseconds(0, 120_000).default(6_000),
  }),
  replyAlertAfterMs: setting({
    env: 'REPLY_ALERT_AFTER',
    group: 'Conversations',
    about: 'A customer left without an answer for this long raises a staff alert.',
    schema: duration.default(300_000),
    example: '5m',
  }),
  replyFallbackAfterMs: setting({
    env: 'REPLY_FALLBACK_AFTER',
    group: 'Conversations',
    about: 'And after this long the customer gets a fixed text.',
    schema: duration.default(900_000),
    example: '15m',
  }),
  takeoverTimeoutMs: setting({
    env: 'TAKEOVER_TIMEOUT',
    group: 'Conversations',
    about: 'A takeover ends after this much silence.',
    schema: duration.default(43_200_000),
    example: '12h',
  }),
  reconcileEveryMs: setting({
    env: 'RECONCILE_EVERY_MS',
    group: 'Conversations',
    about: "Pause between two looks at Twilio when a send's outcome is unknown; three empty looks allow a resend.",
    schema: milliseconds(50, 600_000).default(20_000),
  }),
  sendRetryMs: setting({
    env: 'SEND_RETRY_MS',
    group: 'Conversations',
    about: 'Waits between the quick tries of a failed send.',
    schema: commaList
      .transform((waits) => waits.map(Number))
      .pipe(z.array(z.number().int().min(1).max(600_000)).min(1))
      .default([1_000, 2_000, 4_000]),
    example: '1000,2000,4000',
  }),

  parkedRetryMs: setting({
    env: 'PARKED_RETRY_MS',
    group: 'Conversations',
    about: 'Pauses between the slow tries of a parked send; the last one repeats.',
    schema: commaList
      .transform((waits) => waits.map(Number))
      .pipe(z.array(z.number().int().min(1).max(86_400_000)).min(1))
      .default([60_000, 120_000, 240_000, 480_000, 900_000]),
    example: '60000,120000,240000,480000,900000',
  }),
  idleCloseMs: setting({
    env: 'IDLE_CLOSE',
    group: 'Conversations',
    about: 'A conversation workflow with nothing to do closes after this long; the next message starts a new run.',
    schema: duration.default(21_600_000),
    example: '6h',
  }),
  historyLimit: setting({
    env: 'HISTORY_LIMIT',
    group: 'Temporal',
    about: 'A conversation continues as a new run before its history grows past this many events.',
    schema: wholeNumber(30, 40_000).default(4_000),
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

  inboundPerMinute: setting({
    env: 'INBOUND_PER_MINUTE',
    group: 'Limits',
    about: 'Messages one phone may send a business in a minute before it is asked to slow down.',
    schema: wholeNumber(1, 100_000).default(50),
  }),
  chatSessionsPerMinute: setting({
    env: 'CHAT_SESSIONS_PER_MINUTE',
    group: 'Limits',
    about: 'Web chat sessions one IP address may open in a minute.',
    schema: wholeNumber(1, 100_000).default(20),
  }),
  chatSendsPerMinute: setting({
    env: 'CHAT_SENDS_PER_MINUTE',
    group: 'Limits',
    about: 'Web chat messages one visitor may send in a minute.',
    schema: wholeNumber(1, 100_000).default(30),
  }),
  chatSendsPerMinutePerIp: setting({
    env: 'CHAT_SENDS_PER_MINUTE_PER_IP',
    group: 'Limits',
    about: 'Web chat messages one IP address may send in a minute.',
    schema: wholeNumber(1, 100_000).default(120),
  }),
  chatReadsPerMinute: setting({
    env: 'CHAT_READS_PER_MINUTE',
    group: 'Limits',
    about: 'Web chat history and stream requests one visitor may make in a minute.',
    schema: wholeNumber(1, 100_000).default(120),
  }),
  apiPerMinute: setting({
    env: 'API_PER_MINUTE',
    group: 'Limits',
    about: 'Staff API requests one key or member may make in a minute.',
    schema: wholeNumber(1, 1_000_000).default(1_200),
  }),
  whatsappPerSecond: setting({
    env: 'WHATSAPP_PER_SECOND',
    group: 'Limits',
    about: 'Messages per second one WhatsApp sender may send.',
    schema: wholeNumber(1, 10_000).default(80),
  }),
  smsPerSecond: setting({
    env: 'SMS_PER_SECOND',
    group: 'Limits',
    about: 'Messages per second one SMS number may send.',
    schema: wholeNumber(1, 10_000).default(10),
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
} satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
