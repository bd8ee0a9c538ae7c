import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where one clone keeps its databases, logs and generated secrets. SWITCHBOARD_DATA_DIR moves it, so that two stacks can run side by side. */
export function dataDirectory(env = process.env) {
  return resolve(projectRoot, env.SWITCHBOARD_DATA_DIR || '.data');
}

/** Binaries live here, shared by every clone of the same user and by CI. */
export function cacheDirectory(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'switchboard');
}

/** @param {string} dataDir */
export function dataPaths(dataDir) {
  return {
    mongo: join(dataDir, 'mongo'),
    temporalDb: join(dataDir, 'temporal.db'),
    logs: join(dataDir, 'logs'),
    secrets: join(dataDir, 'secrets.json'),
    simulatorSeed: join(dataDir, 'simulator-seed.json'),
    state: join(dataDir, 'stack.json'),
    lock: join(dataDir, 'supervisor.lock'),
  };
}
