/** `npm run doctor`: what a start needs, checked in about a second, each fault with its fix. Ends with 1 when one would stop a start. */
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { loadDotEnv, PREFERRED_PORTS, stackEnvironment } from './local-stack/environment.mjs';
import { findBinary, isOlder, MONGOD, TEMPORAL } from './local-stack/find-binary.mjs';
import { cacheDirectory, dataDirectory, dataPaths, projectRoot } from './local-stack/paths.mjs';
import { accepts, isPortFree } from './local-stack/ports.mjs';
import { runCommand } from './local-stack/run-command.mjs';
import { newSecrets, readSecrets } from './local-stack/secrets.mjs';
import { runningStack } from './local-stack/stack-state.mjs';
import { isTemporalServing } from './local-stack/temporal.mjs';

const GIGABYTE = 1024 ** 3;
loadDotEnv();
const dataDir = dataDirectory();

/** @typedef {{ level: 'ok' | 'note' | 'bad', text: string, fix?: string }} Finding */

const checks = [checkNode, checkNpm, checkPackages, checkDisk, checkMemory, checkTemporal, checkMongo, checkPorts, checkSettings];
const findings = (await Promise.all(checks.map((check) => check()))).flat();
for (const { level, text, fix } of findings) {
  console.log(`  ${{ ok: 'ok', note: '--', bad: 'no' }[level]}  ${text}`);
  if (fix) console.log(`      ${fix}`);
}
const faults = findings.filter(({ level }) => level === 'bad').length;
console.log(
  faults === 0 ? '\n  Nothing stands in the way of npm start.' : `\n  ${faults} ${faults === 1 ? 'thing stands' : 'things stand'} in the way of npm start.`,
);
process.exitCode = faults === 0 ? 0 : 1;

/** @returns {Finding} */
function checkNode() {
  const { node } = process.versions;
  if (isOlder(node, '20.19.0')) return { level: 'bad', text: `Node ${node}`, fix: 'Node 20.19 or newer is needed: https://nodejs.org' };
  return { level: 'ok', text: `Node ${node}` };
}

/** @returns {Promise<Finding>} */
async function checkNpm() {
  const { code, output } = await runCommand('npm', ['--version'], { timeoutMs: 20_000 });
  if (code !== 0) return { level: 'bad', text: 'npm', fix: 'npm comes with Node; put it on the PATH.' };
  return { level: 'ok', text: `npm ${output.trim()}` };
}

/** @returns {Finding} */
function checkPackages() {
  if (existsSync(join(projectRoot, 'node_modules', '.switchboard-lock-hash'))) return { level: 'ok', text: 'packages installed' };
  return { level: 'note', text: 'packages not installed yet', fix: 'npm start installs them (about two minutes, once).' };
}

/** @returns {Finding} */
function checkDisk() {
  const { bavail, bsize } = statfsSync(projectRoot);
  const free = (bavail * bsize) / GIGABYTE;
  if (free < 2) return { level: 'bad', text: `disk: ${free.toFixed(1)} GB free`, fix: 'A first start needs 2 GB (packages, binaries, databases).' };
  return { level: 'ok', text: `disk: ${free.toFixed(0)} GB free` };
}

/** @returns {Finding} */
function checkMemory() {
  const total = totalmem() / GIGABYTE;
  const text = `memory: ${total.toFixed(0)} GB, ${(freemem() / GIGABYTE).toFixed(1)} GB unused`;
  if (total < 2) return { level: 'note', text, fix: 'Everything together wants about 1.5 GB; with less it swaps.' };
  return { level: 'ok', text };
}

/** @returns {Promise<Finding>} */
async function checkTemporal() {
  const address = process.env.TEMPORAL_ADDRESS;
  if (!address) return checkProgram(TEMPORAL);
  const [host, port] = address.split(':');
  if ((await isTemporalServing(address)) || (await accepts(Number(port ?? 7233), host, 3000))) return { level: 'ok', text: `Temporal answers at ${address}` };
  return { level: 'bad', text: `Temporal does not answer at ${address}`, fix: 'Start it, or unset TEMPORAL_ADDRESS to use a local one.' };
}

/** @returns {Promise<Finding>} */
async function checkMongo() {
  if (!process.env.MONGODB_URI) return checkProgram(MONGOD);
  const [, host, port] = /@?([\w.-]+):(\d+)/.exec(new URL(process.env.MONGODB_URI).host) ?? [];
  if (!host) return { level: 'ok', text: 'MongoDB at MONGODB_URI (not asked: several or no ports in it)' };
  if (await accepts(Number(port), host, 3000)) return { level: 'ok', text: `MongoDB answers at ${host}:${port}` };
  return { level: 'bad', text: `MongoDB does not answer at ${host}:${port}`, fix: 'Start it, or unset MONGODB_URI to use a local one.' };
}

/** @param {import('./local-stack/find-binary.mjs').Wanted} wanted @returns {Promise<Finding>} */
async function checkProgram(wanted) {
  const skipped = [];
  const found = await findBinary(wanted, { onSkip: (path, why) => skipped.push(`${path} ${why}`) });
  const passedOver = skipped.length > 0 ? `Passed over: ${skipped.join('; ')}.` : undefined;
  const age = wanted === MONGOD && isOlder(found?.version ?? '7.0.0', '7.0.0') ? ', good for this machine; deployments run 8.0' : '';
  if (found) return { level: 'ok', text: `${wanted.label} ${found.version}: ${found.path} (${found.from}${age})`, fix: passedOver };
  return {
    level: 'note',
    text: `${wanted.label}: no ${wanted.name} here yet`,
    fix: [passedOver, `npm start fetches one into ${cacheDirectory()}; ${wanted.envName} or ${wanted.addressEnvName} points to your own.`]
      .filter(Boolean)
      .join(' '),
  };
}

/** @returns {Promise<Finding[]>} */
async function checkPorts() {
  const stack = runningStack(dataDir);
  if (stack) return [{ level: 'ok', text: `a stack is running here (process ${stack.pids.supervisor}); its ports are its own` }];
  return Promise.all(
    Object.values(PREFERRED_PORTS).map(async ({ env, port, label }) => {
      const wanted = Number(process.env[env]) || port;
      /** @type {Finding} */
      const finding = (await isPortFree(wanted))
        ? { level: 'ok', text: `port ${wanted} is free (${label})` }
        : { level: 'note', text: `port ${wanted} is in use (${label})`, fix: `npm start takes the next free one and says which; ${env} chooses another.` };
      return finding;
    }),
  );
}

/** The settings as the API would read them, by the very definition it uses. @returns {Promise<Finding>} */
async function checkSettings() {
  const tsx = join(projectRoot, 'node_modules/tsx/dist/loader.mjs');
  if (!existsSync(tsx) || !existsSync(join(projectRoot, 'platform/config.ts')))
    return { level: 'note', text: 'settings not checked: packages are not installed yet' };
  const ports = /** @type {import('./local-stack/environment.mjs').Ports} */ (
    Object.fromEntries(Object.entries(PREFERRED_PORTS).map(([name, { env, port }]) => [name, Number(process.env[env]) || port]))
  );
  const mode = process.env.SWITCHBOARD_MODE || 'test';
  const environment = stackEnvironment({
    ports,
    mongodbUri: `mongodb://127.0.0.1:${ports.mongod}/?replicaSet=rs0`,
    temporalAddress: process.env.TEMPORAL_ADDRESS || `127.0.0.1:${ports.temporal}`,
    temporalUi: process.env.TEMPORAL_UI_URL || `http://localhost:${ports.temporalUi}`,
    simulatorSeed: dataPaths(dataDir).simulatorSeed,
    secrets: mode === 'test' ? { ...newSecrets(), ...readSecrets(dataPaths(dataDir).secrets) } : {},
  });
  const program =
    "import('./platform/config.ts').then(({ loadConfig }) => loadConfig(process.env)).catch((error) => { console.error(error.message); process.exit(1); })";
  const { code, output } = await runCommand(process.execPath, ['--import', `file://${tsx}`, '--input-type=module', '--eval', program], {
    cwd: projectRoot,
    env: environment,
    timeoutMs: 30_000,
  });
  const origin = existsSync(join(projectRoot, '.env'))
    ? `.env (${
        readFileSync(join(projectRoot, '.env'), 'utf8')
          .split('\n')
          .filter((line) => /^\w+=/.test(line)).length
      } lines) and environment`
    : 'environment';
  if (code === 0) return { level: 'ok', text: `settings: ${origin}, no fault` };
  return { level: 'bad', text: `settings: ${output.trim().split('\n').join('\n      ')}`, fix: 'docs/configuration.md says what each setting means.' };
}
