import { pingMongo } from '#platform/mongo/connection';
import { CONVERSATIONS_QUEUE, MESSAGING_QUEUE } from '#workflows/contracts/conversation';
import type { ComposedInstallation } from '../compose.ts';

export type ReadinessCheck = { ok: true } | { ok: false; why: string };

const WITHIN_MS = 2_000;

/**
 * Whether messages that come in now would be answered: the stores answer and every queue has a worker.
 * Names each check, so that whoever looks knows what is missing. Never throws.
 */
export async function readiness({
  temporal,
  mongo,
  numbers,
}: Pick<ComposedInstallation, 'temporal' | 'mongo' | 'numbers'>): Promise<Record<string, ReadinessCheck>> {
  const [mongodb, engine, conversations, messaging] = await Promise.all([
    check('MongoDB does not answer', () => pingMongo(mongo, WITHIN_MS)),
    check('Temporal does not answer', async () => {
      await temporal.ping(WITHIN_MS);
      return true;
    }),
    check('no worker polls this queue', async () => {
      const { workflow, activity } = await temporal.pollers(CONVERSATIONS_QUEUE, WITHIN_MS);
      return workflow > 0 && activity > 0;
    }),
    check('no worker polls this queue', async () => (await temporal.pollers(MESSAGING_QUEUE, WITHIN_MS)).activity > 0),
  ]);
  return {
    mongodb,
    temporal: engine,
    'queue:conversations': conversations,
    'queue:messaging': messaging,
    numbers: numbers.ready() ? { ok: true } : { ok: false, why: 'the number directory cannot be trusted' },
  };
}

async function check(why: string, ask: () => Promise<boolean>): Promise<ReadinessCheck> {
  try {
    return (await ask()) ? { ok: true } : { ok: false, why };
  } catch {
    return { ok: false, why };
  }
}
