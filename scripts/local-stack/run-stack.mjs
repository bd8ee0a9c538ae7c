import { seededBusinesses } from './demo-api.mjs';
import { PREFERRED_PORTS, stackEnvironment } from './environment.mjs';
import { StageFailure } from './failure.mjs';
import { findBinary, MONGOD, TEMPORAL } from './find-binary.mjs';
import { startMongod } from './mongod.mjs';
import { startNodeProcess } from './node-process.mjs';
import { dataPaths } from './paths.mjs';
import { accepts, claimPort } from './ports.mjs';
import { stackProcesses } from './processes.mjs';
import { demoSecrets } from './secrets.mjs';
import { keepRegisteredNumbers, writeFirstSeed } from './simulator-accounts.mjs';
import { createSupervisor } from './supervisor.mjs';
import { isTemporalServing, startTemporal } from './temporal.mjs';

const STOP_LAST = ['temporal', 'mongod'];

/**
 * Starts a whole local stack and returns once everything is ready and being watched.
 * @param {{ dataDir: string, report: import('./report.mjs').Report, env?: NodeJS.ProcessEnv,
 *   describe?: typeof stackProcesses, onSupervisor?: (stop: () => Promise<void>, kill: () => void) => void }} options
 *   `onSupervisor` receives the ways to end it before anything is started
 */
export async function runStack({ dataDir, report, env = process.env, describe = stackProcesses, onSupervisor }) {
  const paths = dataPaths(dataDir);
  const supervisor = createSupervisor({ dataDir, report });
  let stopOrder = STOP_LAST;
  const stop = () => supervisor.stop(stopOrder);
  onSupervisor?.(stop, supervisor.kill);

  try {
    const { ports, moved } = await claimPorts(env);
    for (const { label, wanted, got } of moved) report.warn(`${label}: port ${wanted} is in use by another program, taking ${got}`);
    const processes = describe({ ports });
    stopOrder = [...processes.map(({ name }) => name), ...STOP_LAST];

    const mode = env.SWITCHBOARD_MODE || 'test';
    const secrets = mode === 'test' ? demoSecrets(paths.secrets, env) : {};
    const [mongodbUri, temporal] = await Promise.all([
      provideMongo({ supervisor, report, ports, paths, env }),
      provideTemporal({ supervisor, report, ports, paths, env }),
    ]);
    const environment = stackEnvironment({
      ports,
      mongodbUri,
      temporalAddress: temporal.address,
      temporalUi: temporal.ui,
      secrets,
      simulatorSeed: paths.simulatorSeed,
      env,
    });
    if (mode === 'test') writeFirstSeed(paths.simulatorSeed, environment);

    await Promise.all(
      processes
        .filter(({ name }) => mode === 'test' || name !== 'simulator')
        .map(({ name, label, entry, healthUrl, graceMs, fix }) =>
          supervisor.run({
            name,
            label,
            graceMs,
            tip: 'the first start compiles',
            start: (signal) =>
              startNodeProcess({
                name,
                label,
                entry,
                env: environment,
                healthUrl,
                fix,
                logPath: supervisor.logPath(name),
                guard: supervisor.guard,
                stop: signal,
              }),
            detail: () => healthUrl.replace('127.0.0.1', 'localhost'),
          }),
        ),
    );

    const state = describeStack({ environment, ports, mode, temporal });
    if (mode === 'test') await connectDemo({ report, state, environment, seedPath: paths.simulatorSeed, logPath: supervisor.logPath('api') });
    supervisor.publish(state);
    return { state: { ...state, pids: supervisor.pids }, environment, stop, kill: supervisor.kill };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Tells the simulator whose numbers there are and where their webhooks go, and who moves along with its clock. */
async function connectDemo({ report, state, environment, seedPath, logPath }) {
  const stage = report.stage('Demo');
  const businesses = await seededBusinesses(state.api, environment.DEMO_API_KEY, { logPath });
  await keepRegisteredNumbers({
    seedPath,
    simulatorUrl: state.simulator,
    clockFollowers: [`${state.api}/api/demo/clock`, `http://127.0.0.1:${environment.WORKER_HEALTH_PORT}/clock`],
    logPath,
  });
  stage.done(businesses.map(({ name }) => name).join(', '));
}

/** @param {NodeJS.ProcessEnv} env */
async function claimPorts(env) {
  const taken = new Set();
  const ports = /** @type {import('./environment.mjs').Ports} */ ({});
  const moved = [];
  for (const [name, { env: envName, port, label }] of Object.entries(PREFERRED_PORTS)) {
    const wanted = Number(env[envName]) || port;
    const got = await claimPort(wanted, taken);
    ports[name] = got;
    if (got !== wanted) moved.push({ label, wanted, got });
  }
  return { ports, moved };
}

async function provideMongo({ supervisor, report, ports, paths, env }) {
  if (env.MONGODB_URI) {
    report.stage('MongoDB').done('MONGODB_URI');
    return env.MONGODB_URI;
  }
  let mongod;
  await supervisor.run({
    name: 'mongod',
    label: 'MongoDB',
    start: async (signal) => {
      const { path } = await requireBinary(MONGOD, env);
      mongod = await startMongod({
        binary: path,
        port: ports.mongod,
        dbPath: paths.mongo,
        logPath: supervisor.logPath('mongod'),
        guard: supervisor.guard,
        stop: signal,
      });
      return mongod;
    },
    detail: () => mongod.uri,
  });
  return mongod?.uri ?? '';
}

async function provideTemporal({ supervisor, report, ports, paths, env }) {
  if (env.TEMPORAL_ADDRESS) {
    const stage = report.stage('Temporal');
    const [host, port] = env.TEMPORAL_ADDRESS.split(':');
    if (!(await isTemporalServing(env.TEMPORAL_ADDRESS)) && !(await accepts(Number(port ?? 7233), host, 3000))) {
      stage.failed();
      throw new StageFailure({
        stage: 'Temporal',
        reason: `TEMPORAL_ADDRESS ${env.TEMPORAL_ADDRESS} does not answer`,
        fix: 'Start that server, or unset TEMPORAL_ADDRESS to use a local one.',
      });
    }
    stage.done(`${env.TEMPORAL_ADDRESS} (TEMPORAL_ADDRESS)`);
    return { address: env.TEMPORAL_ADDRESS, ui: env.TEMPORAL_UI_URL };
  }
  let temporal;
  const ui = `http://localhost:${ports.temporalUi}`;
  await supervisor.run({
    name: 'temporal',
    label: 'Temporal',
    start: async (signal) => {
      const { path } = await requireBinary(TEMPORAL, env);
      temporal = await startTemporal({
        binary: path,
        port: ports.temporal,
        uiPort: ports.temporalUi,
        dbFilename: paths.temporalDb,
        namespace: env.TEMPORAL_NAMESPACE || 'default',
        codecEndpoint: `http://localhost:${ports.api}/codec`,
        logPath: supervisor.logPath('temporal'),
        guard: supervisor.guard,
        stop: signal,
      });
      return temporal;
    },
    detail: () => `${temporal.address}, Web UI ${ui}`,
  });
  return { address: temporal?.address ?? '', ui };
}

/** @param {import('./find-binary.mjs').Wanted} wanted */
async function requireBinary(wanted, env) {
  const found = await findBinary(wanted, { env });
  if (found) return found;
  throw new StageFailure({
    stage: wanted.label,
    reason: `no ${wanted.name} program found`,
    fix: `node scripts/bootstrap.mjs fetches one; ${wanted.envName} or ${wanted.addressEnvName} points to your own.`,
  });
}

function describeStack({ environment, ports, mode, temporal }) {
  const api = `http://localhost:${ports.api}`;
  const pages = environment.PUBLIC_URL.replace(/\/+$/, '');
  return {
    ready: true,
    mode,
    api,
    phone: `${pages}/phone`,
    inbox: `${pages}/inbox`,
    docs: `${pages}/docs`,
    simulator: mode === 'test' ? environment.SIMULATOR_URL : null,
    temporalAddress: temporal.address,
    temporalUi: temporal.ui ?? null,
    temporalNamespace: environment.TEMPORAL_NAMESPACE,
    mongodbUri: mode === 'test' ? environment.MONGODB_URI : withoutPassword(environment.MONGODB_URI),
    publicUrl: (environment.TWILIO_WEBHOOK_URL || environment.PUBLIC_URL).replace(/\/+$/, ''),
  };
}

/** @param {string} uri */
const withoutPassword = (uri) => uri.replace(/\/\/[^@/]*@/, '//');
