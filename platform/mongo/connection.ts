import type { Connection } from 'mongoose';
import mongoose from 'mongoose';
import { bounded } from './bounded.ts';

export interface MongoOptions {
  /** Shown in MongoDB's logs and `currentOp`. */
  appName: string;
  /** How long an operation looks for a usable server before it fails. */
  serverSelectionTimeoutMs?: number;
  maxPoolSize?: number;
}

const SERVER_SELECTION_MS = 2_000;

/**
 * Connects, or fails after `serverSelectionTimeoutMs`. Afterwards the driver reconnects by itself; an operation made meanwhile fails instead of queueing.
 * Every write is acknowledged by a majority and journaled unless it says otherwise; every filter is stripped of operators it was not given on purpose.
 */
export async function connectMongo(uri: string, options: MongoOptions): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    appName: options.appName,
    serverSelectionTimeoutMS: options.serverSelectionTimeoutMs ?? SERVER_SELECTION_MS,
    maxPoolSize: options.maxPoolSize ?? 50,
    writeConcern: { w: 'majority', journal: true },
    retryWrites: true,
    retryReads: true,
    sanitizeFilter: true,
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
  });
  try {
    return await connection.asPromise();
  } catch (thrown) {
    // Or its monitor would go on looking for the server behind the back of whoever tries again.
    await connection.destroy(true).catch(() => undefined);
    throw thrown;
  }
}

/** Whether the primary answers within `withinMs`. */
export async function pingMongo(connection: Connection, withinMs: number): Promise<boolean> {
  try {
    await bounded(withinMs, connection.db?.admin().command({ ping: 1 }) ?? Promise.reject(new Error('not connected')));
    return true;
  } catch {
    return false;
  }
}
