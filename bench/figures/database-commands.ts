import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../load/product.contender.ts';

/** What one turn asks of MongoDB. */
export interface DatabaseCommands {
  /** By process: "switchboard-worker" and so on. */
  perTurn: Record<string, number>;
  /** By process, kind and collection, the commonest first. */
  byKind: Record<string, number>;
}

interface ProfiledCommand {
  appName?: string;
  op: string;
  ns: string;
  command?: Record<string, unknown>;
}

const CUSTOMER = 91_000;
/** Few enough for MongoDB's profile, which keeps one megabyte. */
const TURNS = 5;
/** Status callbacks and the webhook log come after the reply. */
const AFTERWARDS_MS = 1_500;

/** Counts commands by MongoDB's own profiler; nothing is timed while it runs. */
export async function databaseCommands(product: Product): Promise<DatabaseCommands> {
  const { db } = product.stack.installation.mongo;
  if (!db) throw new Error('MongoDB is not connected');
  const talk = async (): Promise<void> => {
    for (let n = 0; n < TURNS; n += 1) {
      const webhook = product.webhookOf(CUSTOMER, n);
      await Promise.all([product.replies.replyTo(CUSTOMER, webhook.messageSid, 20_000), product.deliver(webhook)]);
    }
    await sleep(AFTERWARDS_MS);
  };
  await talk();
  await db.command({ profile: 2 });
  try {
    await talk();
  } finally {
    await db.command({ profile: 0 });
  }
  const commands = (await db.collection('system.profile').find().toArray()) as unknown as ProfiledCommand[];
  const perTurn: Record<string, number> = {};
  const byKind: Record<string, number> = {};
  for (const { appName = 'other', op, ns, command } of commands) {
    // The event hub waits for changes all the time, whatever the turns do.
    if (op === 'getmore' || ns.endsWith('.system.profile')) continue;
    const kind = op === 'command' ? (Object.keys(command ?? {})[0] ?? op) : op;
    add(perTurn, appName);
    add(byKind, `${appName} ${kind} ${ns.replace(/^[^.]+\./, '')}`);
  }
  return { perTurn, byKind: Object.fromEntries(Object.entries(byKind).sort((a, b) => b[1] - a[1])) };
}

function add(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1 / TURNS;
}

/** "26 database commands by the worker, 12 by the api" */
export const describeCommands = ({ perTurn }: DatabaseCommands): string =>
  ['worker', 'api'].map((part) => `${Math.round(perTurn[`switchboard-${part}`] ?? 0)} by the ${part}`).join(' and ');
