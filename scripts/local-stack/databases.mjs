import { rmSync } from 'node:fs';
import { dataPaths } from './paths.mjs';

/** Removes what MongoDB and Temporal stored; nothing may be running on it. @param {string} dataDir */
export function removeDatabases(dataDir) {
  const { mongo, temporalDb } = dataPaths(dataDir);
  for (const path of [mongo, temporalDb, `${temporalDb}-wal`, `${temporalDb}-shm`]) rmSync(path, { recursive: true, force: true });
}
