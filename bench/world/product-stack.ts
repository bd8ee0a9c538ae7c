import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { loadConfig } from '#platform/config';
import type { ComposedInstallation } from '#services/compose';
import { composeInstallation } from '#services/compose';
import { demoBusinessId } from '#services/demo/seed-demo';
import { seededBusinesses } from '../../scripts/local-stack/demo-api.mjs';
import { stackEnvironment, withDatabase } from '../../scripts/local-stack/environment.mjs';
import type { Guard } from '../../scripts/local-stack/guard.mjs';
import { startNodeProcess } from '../../scripts/local-stack/node-process.mjs';
import { freePort } from '../../scripts/local-stack/ports.mjs';
import { newSecrets } from '../../scripts/local-stack/secrets.mjs';
import { keepRegisteredNumbers, writeFirstSeed } from '../../scripts/local-stack/simulator-accounts.mjs';
import { Cleanup } from '../../test/support/cleanup.ts';
import type { StackProcess } from '../../test/support/stack-process.ts';
import { createStackProcess } from '../../test/support/stack-process.ts';
import type { Entries } from './entries.ts';
import type { ProcessList } from './process-usage.ts';
import { removeSchedules } from './remove-schedules.ts';

export interface ProductOptions {
  services: { temporalAddress: string; mongodbUri: string; bundlePath: string };
  folder: string;
  guard: Guard;
  entries: Entries;
  /** Settings by their environment name, over those of a local stack with its limits lifted. */
  settings: Record<string, string>;
  /** CPU profiles go here when the processes end. */
  profileDir?: string;
}

/** API, worker and simulator as separate processes, and a view into their database from here. */
export interface ProductStack extends AsyncDisposable {
  url: string;
  simulatorUrl: string;
  secrets: ReturnType<typeof newSecrets>;
  /** The number every customer of a measurement writes to. */
  e164: string;
  businessId: string;
  installation: ComposedInstallation;
  processes: ProcessList;
  worker: StackProcess;
}

/** One sender carries the whole load here, so the limits per phone and per sender must not be what is measured. */
const LIMITS_LIFTED = {
  INBOUND_PER_MINUTE: '100000',
  API_PER_MINUTE: '1000000',
  CHAT_SESSIONS_PER_MINUTE: '100000',
  CHAT_SENDS_PER_MINUTE: '100000',
  CHAT_SENDS_PER_MINUTE_PER_IP: '100000',
  SMS_PER_SECOND: '10000',
  WHATSAPP_PER_SECOND: '10000',
};

/** The demo's first business: the demo key is its own, and customers ask for its cars. */
const CAR_DEALER = demoBusinessId('de-vries');

export async function startProduct({ services, folder, guard, entries, settings, profileDir }: ProductOptions): Promise<ProductStack> {
  await using undo = new Cleanup();
  const name = `bench_${randomBytes(4).toString('hex')}`;
  const [apiPort, workerPort, simulatorPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const secrets = newSecrets();
  const seedPath = join(folder, `${name}-simulator.json`);
  const environment: NodeJS.ProcessEnv = {
    ...stackEnvironment({
      ports: { api: apiPort, workerHealth: workerPort, simulator: simulatorPort, temporal: 0, temporalUi: 0, mongod: 0 },
      mongodbUri: services.mongodbUri,
      temporalAddress: services.temporalAddress,
      temporalUi: undefined,
      secrets,
      simulatorSeed: seedPath,
      env: inherited(),
    }),
    MONGODB_URI: withDatabase(services.mongodbUri, name),
    TASK_QUEUE_PREFIX: `${name}-`,
    WORKFLOW_BUNDLE: services.bundlePath,
    ...LIMITS_LIFTED,
    ...settings,
  };
  writeFirstSeed(seedPath, environment);

  const profiled = profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : [];
  const child = (part: string, entry: string, healthUrl: string, nodeArgs: string[] = []) => {
    const one = createStackProcess(part, (more) =>
      startNodeProcess({ name: part, entry, env: { ...environment, ...more }, healthUrl, guard, nodeArgs, logPath: join(folder, `${name}-${part}.log`) }),
    );
    undo.defer(() => one.stop());
    return one;
  };
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
  const url = `http://127.0.0.1:${apiPort}`;
  const simulator = child('simulator', 'simulator/main.ts', `${simulatorUrl}/_sim/clock`);
  const worker = child('worker', entries.worker, `http://127.0.0.1:${workerPort}/health/live`, profiled);
  const api = child('api', entries.api, `${url}/health/ready`, profiled);
  await Promise.all([simulator.start(), worker.start(), api.start()]);

  const businesses = await seededBusinesses(url, secrets.DEMO_API_KEY);
  const business = businesses.find(({ id }) => id === CAR_DEALER);
  if (!business) throw new Error('the demo has no car dealer');
  await keepRegisteredNumbers({ seedPath, simulatorUrl });
  const installation = undo.use(await composeInstallation(loadConfig({ ...environment, LOG_LEVEL: 'error' }), 'script'));
  undo.defer(() => installation.mongo.dropDatabase());
  undo.defer(() => removeSchedules(installation));

  const owned = undo.handOver();
  return {
    url,
    simulatorUrl,
    secrets,
    e164: business.numbers[0]?.e164 ?? '',
    businessId: business.id,
    installation,
    worker,
    processes: { worker: () => worker.pid, api: () => api.pid, simulator: () => simulator.pid },
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

/** The settings of the person who measures must not reach what is measured. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, XDG_CACHE_HOME, TMPDIR } = process.env;
  return { PATH, HOME, XDG_CACHE_HOME, TMPDIR, NODE_ENV: 'production' };
}
