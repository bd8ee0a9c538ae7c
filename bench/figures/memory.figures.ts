import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { mean } from '../statistics.ts';
import { residentMb } from '../world/process-usage.ts';
import type { World } from '../world/world.ts';
import { NO_QUIET_WINDOW } from '../world/world.ts';
import type { Measure } from './measure.ts';

/** Long enough for Node to give back what the last turns used. */
const SETTLE_MS = 3_000;
const WARM_CUSTOMERS = 20;
const FIRST_CUSTOMER = 50_000;
const KB_PER_MB = 1_024;

/**
 * The same conversations through two fresh workers: one keeps all of them in memory, one keeps almost none. The work is
 * the same, so what is left between the two is the conversations themselves.
 */
export const measureMemory: Measure = async ({ world, sizes, say }) => {
  const { cachedConversations: cached } = sizes;
  say('memory: none kept');
  const without = await residentAfter(world, cached, 1);
  say(`memory: ${cached} kept`);
  const withAll = await residentAfter(world, cached, cached + WARM_CUSTOMERS + 10);
  const figure: Figure = {
    id: 'memory.conversation',
    name: 'resident memory per cached conversation',
    unit: 'KB',
    value: ((withAll.afterMb - without.afterMb) / cached) * KB_PER_MB,
    bottleneck: 'one V8 context per conversation, with the workflow bundle in it',
    details: { cached, keepingAllMb: withAll, keepingNoneMb: without, growthPerConversationKb: ((withAll.afterMb - withAll.beforeMb) / cached) * KB_PER_MB },
  };
  return [figure];
};

async function residentAfter(world: World, conversations: number, maxCached: number): Promise<{ beforeMb: number; afterMb: number }> {
  await using product = await world.newProduct({ ...NO_QUIET_WINDOW, MAX_CACHED_WORKFLOWS: String(maxCached) });
  await product.closed({ conversations: WARM_CUSTOMERS, messages: WARM_CUSTOMERS * 5 });
  await sleep(SETTLE_MS);
  const beforeMb = await settledMb(product.stack.worker.pid);
  for (let from = 0; from < conversations; from += WARM_CUSTOMERS) {
    const some = Math.min(WARM_CUSTOMERS, conversations - from);
    await product.closed({ conversations: some, messages: some, firstConversation: FIRST_CUSTOMER + from });
  }
  await sleep(SETTLE_MS);
  return { beforeMb, afterMb: await settledMb(product.stack.worker.pid) };
}

async function settledMb(pid: number): Promise<number> {
  const looks: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    looks.push(residentMb(pid));
    await sleep(200);
  }
  return mean(looks);
}
