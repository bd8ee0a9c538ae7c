import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheDirectory } from './paths.mjs';
import { runCommand } from './run-command.mjs';

/**
 * @typedef {{ name: string, envName: string, addressEnvName: string, label: string, versionOf: (output: string) => string | undefined, oldest: string }} Wanted
 * @typedef {{ path: string, version: string, from: string }} Found
 */

/** @type {Wanted} */
export const TEMPORAL = {
  name: 'temporal',
  label: 'Temporal',
  envName: 'TEMPORAL_BIN',
  addressEnvName: 'TEMPORAL_ADDRESS',
  versionOf: (output) => /Server (\d+\.\d+\.\d+)/.exec(output)?.[1],
  // Update-with-start and poller autoscaling need it.
  oldest: '1.28.0',
};

/** @type {Wanted} */
export const MONGOD = {
  name: 'mongod',
  label: 'MongoDB',
  envName: 'MONGOD_BIN',
  addressEnvName: 'MONGODB_URI',
  versionOf: (output) => /db version v(\d+\.\d+\.\d+)/.exec(output)?.[1],
  oldest: '6.0.0',
};

/** @param {Wanted} wanted */
export function cachedBinary({ name }, env = process.env) {
  return join(cacheDirectory(env), 'bin', name);
}

/**
 * Looks where the environment says, then on the PATH, then in the cache: what is there but cannot run here (wrong
 * processor, missing library, too old) is passed over, and `onSkip` hears why.
 * @param {Wanted} wanted
 * @param {{ env?: NodeJS.ProcessEnv, onSkip?: (path: string, why: string) => void }} [options]
 * @returns {Promise<Found | undefined>}
 */
export async function findBinary(wanted, { env = process.env, onSkip } = {}) {
  const fromEnv = env[wanted.envName];
  const candidates = [
    ...(fromEnv ? [{ path: fromEnv, from: wanted.envName }] : []),
    ...onPath(wanted.name, env).map((path) => ({ path, from: 'PATH' })),
    { path: cachedBinary(wanted, env), from: 'cache' },
  ];
  for (const { path, from } of candidates) {
    if (!isExecutable(path)) {
      if (from === wanted.envName) onSkip?.(path, 'no such program');
      continue;
    }
    const { version, problem } = await checkBinary(wanted, path);
    if (version && !problem) return { path, version, from };
    onSkip?.(path, problem ?? 'unknown version');
  }
  return undefined;
}

/** @param {Wanted} wanted @param {string} path @returns {Promise<{ version?: string, problem?: string }>} */
export async function checkBinary(wanted, path) {
  const { code, output } = await runCommand(path, ['--version'], { timeoutMs: 15_000 });
  if (code !== 0) return { problem: `does not run here (${output.trim().split('\n').at(-1) || `code ${code}`})` };
  const version = wanted.versionOf(output);
  if (!version) return { problem: 'does not say its version' };
  if (isOlder(version, wanted.oldest)) return { version, problem: `${version} is too old, ${wanted.oldest} or newer is needed` };
  return { version };
}

/** @param {string} name @param {NodeJS.ProcessEnv} env */
export function onPath(name, env = process.env) {
  return (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .filter(isExecutable)
    .slice(0, 3);
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @param {string} version @param {string} oldest both like "1.29.1" */
export function isOlder(version, oldest) {
  const [a, b] = [version, oldest].map((text) => text.split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    if ((a[index] ?? 0) !== (b[index] ?? 0)) return (a[index] ?? 0) < (b[index] ?? 0);
  }
  return false;
}
