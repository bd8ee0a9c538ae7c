import { randomBytes } from 'node:crypto';
import { startApi } from '#api/server';
import type { Config } from '#platform/config';
import { loadConfig } from '#platform/config';
import type { ComposedInstallation } from '#services/compose';
import { composeInstallation } from '#services/compose';
import type { Simulator } from '#simulator/simulator.server';
import { startSimulator } from '#simulator/simulator.server';
import type { RunningWorkers } from '#workers/workers';
import { startWorkers } from '#workers/workers';
import { withDatabase } from '../../scripts/local-stack/environment.mjs';
import { freePort } from '../../scripts/local-stack/ports.mjs';
import { newSecrets } from '../../scripts/local-stack/secrets.mjs';
import { Cleanup } from './cleanup.ts';
import { quietTemporal } from './quiet-temporal.ts';
import { untilSettled } from './settled.ts';
import type { TestBusiness, TestBusinessOptions } from './test-business.ts';
import { createTestBusiness } from './test-business.ts';

export interface TestEnvOptions {
  /** Settings by their environment name, over the short windows of a test. */
  settings?: Record<string, string>;
  /** False: nobody works, as when every worker is down; `startWorkers` begins. */
  workers?: boolean;
}

/** The whole product in one process: simulator, API and workers, with a database and task queues of its own. */
export interface TestEnv extends AsyncDisposable {
  config: Config;
  /** Verbs and data, for seeding and for looking at what came of it. */
  installation: ComposedInstallation;
  simulator: Simulator;
  url: string;
  secrets: ReturnType<typeof newSecrets>;
  /** A business nobody else uses, with a Twilio account and a number for SMS and WhatsApp. */
  newBusiness(options?: TestBusinessOptions): Promise<TestBusiness>;
  /**
   * Resolves when nothing is on its way any more: every webhook answered, every message covered, nothing left to send,
   * every conversation idle. Parked sends count as settled. Rejects with what is still open.
   */
  settled(timeoutMs?: number): Promise<void>;
  startWorkers(): Promise<void>;
  stopWorkers(): Promise<void>;
}

const SHORT_WINDOWS = {
  LOG_LEVEL: 'error',
  QUIET_WINDOW_MS: '60',
  MAX_BURST_MS: '1000',
  RECONCILE_EVERY_MS: '100',
  SEND_RETRY_MS: '20,40,80',
  STICKY_TIMEOUT_MS: '1000',
  INBOUND_PER_MINUTE: '10000',
  API_PER_MINUTE: '100000',
};

export async function startTestEnv({ settings = {}, workers: hasWorkers = true }: TestEnvOptions = {}): Promise<TestEnv> {
  quietTemporal();
  await using undo = new Cleanup();
  const simulator = undo.use(await startSimulator({ seed: { settings: { statusDelayMs: 5 } } }));
  const secrets = newSecrets();
  const config = loadConfig(await settingsOf(simulator.url, secrets, settings));
  const installation = undo.use(await composeInstallation(config, 'api'));
  undo.defer(() => installation.mongo.dropDatabase());
  const api = undo.use(await startApi(installation));

  let workers: RunningWorkers | undefined;
  const stopWorkers = async () => {
    await workers?.stop();
    workers = undefined;
  };
  undo.defer(stopWorkers);
  const begin = async () => {
    workers ??= await startWorkers(installation);
  };
  if (hasWorkers) await begin();

  const owned = undo.handOver();
  return {
    config,
    installation,
    simulator,
    url: api.url,
    secrets,
    newBusiness: (options) => createTestBusiness({ installation, simulator, webhookBaseUrl: config.webhookBaseUrl }, options),
    settled: (timeoutMs) => untilSettled({ installation, simulator }, timeoutMs),
    startWorkers: begin,
    stopWorkers,
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

async function settingsOf(simulatorUrl: string, secrets: Record<string, string>, more: Record<string, string>): Promise<Record<string, string>> {
  const { TEST_TEMPORAL_ADDRESS, TEST_MONGODB_URI, TEST_WORKFLOW_BUNDLE, TEST_WORKFLOW_BUNDLE_PROBLEM } = process.env;
  if (!TEST_TEMPORAL_ADDRESS || !TEST_MONGODB_URI)
    throw new Error('Run through jest without SWITCHBOARD_TEST_SERVICES=off: its set-up starts Temporal and MongoDB.');
  if (!TEST_WORKFLOW_BUNDLE) throw new Error(`The workflows do not bundle:\n${TEST_WORKFLOW_BUNDLE_PROBLEM}`);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const port = await freePort();
  return {
    ...secrets,
    ...SHORT_WINDOWS,
    SWITCHBOARD_MODE: 'test',
    HTTP_PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    MONGODB_URI: withDatabase(TEST_MONGODB_URI, name),
    TEMPORAL_ADDRESS: TEST_TEMPORAL_ADDRESS,
    TASK_QUEUE_PREFIX: `${name}-`,
    TWILIO_API_BASE_URL: simulatorUrl,
    SIMULATOR_URL: simulatorUrl,
    WORKFLOW_BUNDLE: TEST_WORKFLOW_BUNDLE,
    ...more,
  };
}
