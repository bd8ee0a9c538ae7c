import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild, untilHealthy } from './child.mjs';
import { StageFailure } from './failure.mjs';
import { accepts } from './ports.mjs';

const STAGE = 'MongoDB';
const FIX = 'npm run doctor names what is wrong; npm run reset starts with empty databases; MONGODB_URI uses a MongoDB of your own.';

const THROWAWAY_ARGS = [
  '--wiredTigerCacheSizeGB',
  '0.25',
  '--setParameter',
  'enableTestCommands=1',
  '--setParameter',
  'ttlMonitorSleepSecs=1',
  '--setParameter',
  'diagnosticDataCollectionEnabled=false',
];

/**
 * Starts mongod as a replica set of one (transactions and change streams need it) and waits until it accepts writes.
 * Data written on another port is taken over: the member's address follows the port.
 * `isThrowaway` is for tests: it trades the durability of a power failure for speed, expires TTL documents every second
 * and lets tests inject failures (configureFailPoint).
 * @param {{ binary: string, dbPath: string, port: number, logPath: string, guard?: import('./guard.mjs').Guard,
 *   isThrowaway?: boolean, extraArgs?: string[], deadlineMs?: number, stop?: AbortSignal }} options
 */
export async function startMongod({ binary, dbPath, port, logPath, guard, isThrowaway = false, extraArgs = [], deadlineMs = 60_000, stop }) {
  mkdirSync(dbPath, { recursive: true });
  const child = startChild({
    name: 'mongod',
    command: binary,
    args: [
      '--replSet',
      'rs0',
      '--dbpath',
      dbPath,
      '--port',
      String(port),
      '--bind_ip',
      '127.0.0.1',
      '--networkMessageCompressors',
      'snappy,zstd',
      // Nobody is there to take over, so a stop need not wait for a successor.
      '--setParameter',
      'shutdownTimeoutMillisForSignaledShutdown=0',
      ...(isThrowaway ? THROWAWAY_ARGS : []),
      ...extraArgs,
    ],
    logPath,
    guard,
  });
  try {
    await untilHealthy(child, () => accepts(port), { stage: STAGE, fix: FIX, deadlineMs, stop });
    await becomePrimary(port, { deadlineMs, logPath, isThrowaway });
  } catch (error) {
    await child.stop({ graceMs: 2000 });
    throw error;
  }
  return Object.assign(child, { port, uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0` });
}

/** @param {number} port @param {{ deadlineMs: number, logPath: string, isThrowaway: boolean }} options */
async function becomePrimary(port, { deadlineMs, logPath, isThrowaway }) {
  const { MongoClient } = mongodbDriver();
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, { serverSelectionTimeoutMS: deadlineMs });
  try {
    await client.connect();
    const admin = client.db('admin');
    await agreeOnMember(client, `127.0.0.1:${port}`, isThrowaway);
    const deadline = performance.now() + deadlineMs;
    while (!(await admin.command({ hello: 1 })).isWritablePrimary) {
      if (performance.now() > deadline) {
        throw new StageFailure({ stage: STAGE, reason: 'did not become writable', fix: FIX, logPath });
      }
      await sleep(20);
    }
  } finally {
    await client.close();
  }
}

/** @param {import('mongodb').MongoClient} client @param {string} host the one member's address, "127.0.0.1:<port>" @param {boolean} isThrowaway */
async function agreeOnMember(client, host, isThrowaway) {
  const admin = client.db('admin');
  const stored = await client.db('local').collection('system.replset').findOne({}, { readPreference: 'primaryPreferred' });
  if (!stored) {
    await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }], writeConcernMajorityJournalDefault: !isThrowaway } });
    return;
  }
  if (stored.members[0].host === host) return;
  const config = { ...stored, version: stored.version + 1, members: [{ ...stored.members[0], host }] };
  await admin.command({ replSetReconfig: config, force: true });
}

/** The driver that mongoose brings, so that there is one version of it. @returns {typeof import('mongodb')} */
function mongodbDriver() {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve('mongoose'))('mongodb');
}
