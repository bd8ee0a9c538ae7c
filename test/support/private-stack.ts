import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededBusinesses } from '../../scripts/local-stack/demo-api.mjs';
import { stackEnvironment } from '../../scripts/local-stack/environment.mjs';
import { findBinary, MONGOD, TEMPORAL } from '../../scripts/local-stack/find-binary.mjs';
import type { Guard } from '../../scripts/local-stack/guard.mjs';
import { startGuard } from '../../scripts/local-stack/guard.mjs';
import { startMongod } from '../../scripts/local-stack/mongod.mjs';
import { startNodeProcess } from '../../scripts/local-stack/node-process.mjs';
import { accepts, freePort } from '../../scripts/local-stack/ports.mjs';
import { newSecrets } from '../../scripts/local-stack/secrets.mjs';
import { keepRegisteredNumbers, writeFirstSeed } from '../../scripts/local-stack/simulator-accounts.mjs';
import { startTemporal } from '../../scripts/local-stack/temporal.mjs';
import { startBalancer } from './balancer.ts';
import { Cleanup } from './cleanup.ts';
import type { StackProcess } from './stack-process.ts';
import { createStackProcess } from './stack-process.ts';
import { until } from './waiting.ts';

export interface PrivateStackOptions {
  apis?: number;
  workers?: number;
  /** Added to the settings of every process of ours. */
  env?: Record<string, string>;
  /** Added to mongod's command line. */
  mongodArgs?: string[];
}

export interface PrivateStack extends AsyncDisposable {
  /** One address before all APIs, which is also the one Twilio signs. */
  url: string;
  apiUrls: string[];
  simulatorUrl: string;
  temporalAddress: string;
  mongodbUri: string;
  secrets: ReturnType<typeof newSecrets>;
  businesses: Awaited<ReturnType<typeof seededBusinesses>>;
  mongod: StackProcess;
  temporal: StackProcess;
  simulator: StackProcess;
  apis: StackProcess[];
  workers: StackProcess[];
  /** Where everything of this stack is kept: `mongo/`, `temporal.db*` and a `.log` of every process. Gone with the stack. */
  folder: string;
  /** The settings that our own processes share. */
  settings: NodeJS.ProcessEnv;
  /** The last log lines of every process, for the message of a failed test. */
  logTails(): string;
}

/** Windows so short that an outage test takes seconds; everything else is as in production. */
const SHORT_WINDOWS = {
  QUIET_WINDOW_MS: '100',
  MAX_BURST_MS: '1000',
  RECONCILE_EVERY_MS: '300',
  SEND_RETRY_MS: '100,200,400',
  STICKY_TIMEOUT_MS: '1000',
  INBOUND_PER_MINUTE: '100000',
  API_PER_MINUTE: '100000',
};

/** The whole product as separate processes with a MongoDB and a Temporal of its own, which keep their data through a kill. */
export async function startPrivateStack({ apis = 1, workers = 1, env = {}, mongodArgs = [] }: PrivateStackOptions = {}): Promise<PrivateStack> {
  await using undo = new Cleanup();
  const place = await choosePlace({ apis, workers });
  undo.defer(() => rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 }));
  const guard = startGuard();
  undo.defer(() => guard.close());
  const url = apis > 1 ? await startBalancerProcess(place, guard, undo) : undo.use(await startBalancer(place.apiUrls)).url;

  const secrets = newSecrets();
  const environmentFor = (ports: { api?: number; workerHealth?: number }): NodeJS.ProcessEnv => ({
    ...stackEnvironment({
      ports: { api: 0, workerHealth: 0, ...ports, simulator: place.simulatorPort, temporal: place.temporalPort, temporalUi: 0, mongod: place.mongodPort },
      mongodbUri: `mongodb://127.0.0.1:${place.mongodPort}/?replicaSet=rs0`,
      temporalAddress: `127.0.0.1:${place.temporalPort}`,
      temporalUi: undefined,
      secrets,
      simulatorSeed: place.seedPath,
      env: inherited(),
    }),
    PUBLIC_URL: url,
    ...(process.env['TEST_WORKFLOW_BUNDLE'] ? { WORKFLOW_BUNDLE: process.env['TEST_WORKFLOW_BUNDLE'] } : {}),
    ...SHORT_WINDOWS,
    ...env,
  });
  const environment = environmentFor({});
  writeFirstSeed(place.seedPath, environment);

  const processes = describeProcesses(place, guard, environmentFor, mongodArgs);
  const all = [processes.mongod, processes.temporal, processes.simulator, ...processes.workers, ...processes.apis];
  undo.defer(() => stopInTurn(all.toReversed()));
  await Promise.all([processes.mongod.start(), processes.temporal.start()]);
  await Promise.all(all.slice(2).map((one) => one.start()));

  const businesses = place.apiUrls[0] ? await seededBusinesses(place.apiUrls[0], secrets.DEMO_API_KEY) : [];
  if (businesses.length > 0) await keepRegisteredNumbers({ seedPath: place.seedPath, simulatorUrl: place.simulatorUrl });

  const owned = undo.handOver();
  return {
    ...processes,
    url,
    apiUrls: place.apiUrls,
    simulatorUrl: place.simulatorUrl,
    temporalAddress: `127.0.0.1:${place.temporalPort}`,
    mongodbUri: environment['MONGODB_URI'] ?? '',
    secrets,
    businesses,
    folder: place.folder,
    settings: environment,
    logTails: () => all.map((one) => `--- ${one.name}\n${one.logTail()}`).join('\n'),
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

/** Beside several APIs; before a single one a balancer in this process will do. */
async function startBalancerProcess(place: Place, guard: Guard, undo: Cleanup): Promise<string> {
  const port = await freePort();
  const env = { ...inherited(), BALANCER_PORT: String(port), BALANCER_BACKENDS: place.apiUrls.join() };
  const child = await startNodeProcess({ name: 'balancer', entry: 'test/support/balancer.main.ts', guard, logPath: place.logPath('balancer'), env });
  undo.defer(() => child.stop({ graceMs: 2_000 }));
  await until(() => accepts(port));
  return `http://localhost:${port}`;
}

type Place = Awaited<ReturnType<typeof choosePlace>>;

/** A folder and ports nobody else has. */
async function choosePlace({ apis, workers }: { apis: number; workers: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'private-stack-'));
  const [mongodPort, temporalPort, simulatorPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const apiPorts = await Promise.all(Array.from({ length: apis }, freePort));
  const workerPorts = await Promise.all(Array.from({ length: workers }, freePort));
  return {
    folder,
    seedPath: join(folder, 'simulator-seed.json'),
    logPath: (name: string) => join(folder, `${name}.log`),
    mongodPort,
    temporalPort,
    simulatorPort,
    simulatorUrl: `http://127.0.0.1:${simulatorPort}`,
    apiPorts,
    apiUrls: apiPorts.map((port) => `http://127.0.0.1:${port}`),
    workerPorts,
  };
}

function describeProcesses(
  place: Place,
  guard: Guard,
  environmentFor: (ports: { api?: number; workerHealth?: number }) => NodeJS.ProcessEnv,
  mongodArgs: string[],
) {
  const ours = (name: string, entry: string, ports: { api?: number; workerHealth?: number }, healthUrl: string) =>
    createStackProcess(name, (more) =>
      startNodeProcess({ name, entry, healthUrl, guard, logPath: place.logPath(name), env: { ...environmentFor(ports), ...more } }),
    );
  return {
    mongod: createStackProcess('mongod', async () =>
      startMongod({
        binary: await programOf(MONGOD),
        port: place.mongodPort,
        dbPath: join(place.folder, 'mongo'),
        logPath: place.logPath('mongod'),
        guard,
        extraArgs: mongodArgs,
      }),
    ),
    temporal: createStackProcess('temporal', async () =>
      startTemporal({
        binary: await programOf(TEMPORAL),
        port: place.temporalPort,
        dbFilename: join(place.folder, 'temporal.db'),
        logPath: place.logPath('temporal'),
        guard,
      }),
    ),
    simulator: ours('simulator', 'simulator/main.ts', {}, `${place.simulatorUrl}/_sim/clock`),
    workers: place.workerPorts.map((workerHealth, index) =>
      ours(`worker-${index + 1}`, 'workers/main.ts', { workerHealth }, `http://127.0.0.1:${workerHealth}/health/live`),
    ),
    apis: place.apiPorts.map((api, index) => ours(`api-${index + 1}`, 'api/main.ts', { api }, `http://127.0.0.1:${api}/health/ready`)),
  };
}

async function stopInTurn(processes: readonly StackProcess[]): Promise<void> {
  for (const one of processes) await one.stop();
}

async function programOf(wanted: typeof MONGOD): Promise<string> {
  const found = await findBinary(wanted);
  if (!found) throw new Error(`no ${wanted.name} here: node scripts/bootstrap.mjs fetches one`);
  return found.path;
}

/** The settings of the person who runs the tests must not reach the stack under test. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, XDG_CACHE_HOME, TMPDIR, SWITCHBOARD_TEST_RUN } = process.env;
  return { PATH, HOME, XDG_CACHE_HOME, TMPDIR, SWITCHBOARD_TEST_RUN, NODE_ENV: 'test' };
}
