import { existsSync, readFileSync, rmSync } from 'node:fs';
import { lockHolder } from './file-lock.mjs';
import { dataPaths } from './paths.mjs';
import { writePrivately } from './secrets.mjs';

/**
 * What a running stack tells other programs about itself, in `.data/stack.json`. Secrets stay in secrets.json.
 * @typedef {{ ready: boolean, api: string, phone: string, inbox: string, docs: string, simulator: string | null,
 *   temporalAddress: string, temporalUi: string | null, temporalNamespace: string, mongodbUri: string, publicUrl: string,
 *   mode: string, pids: Record<string, number | null> }} StackState
 */

/** @param {string} dataDir @param {StackState} state */
export function writeState(dataDir, state) {
  writePrivately(dataPaths(dataDir).state, state);
}

/** @param {string} dataDir */
export function clearState(dataDir) {
  rmSync(dataPaths(dataDir).state, { force: true });
}

/**
 * The state of the stack that runs on this data directory; undefined when none does, also when one was killed and
 * left its file behind.
 * @param {string} dataDir
 * @returns {StackState | undefined}
 */
export function runningStack(dataDir) {
  const { state, lock } = dataPaths(dataDir);
  const supervisor = lockHolder(lock);
  if (!supervisor || !existsSync(state)) return undefined;
  const read = JSON.parse(readFileSync(state, 'utf8'));
  return read.pids.supervisor === supervisor ? read : undefined;
}
