import { condition, continueAsNew, defineSignal, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { FloorActivities, FloorInput } from './floor.contract.ts';
import { FLOOR_SIGNAL } from './floor.contract.ts';

/** As many events as the product allows a run by default. */
const HISTORY_LIMIT = 4_000;

/**
 * The least a durable conversation can be: a signal in, one activity on its own queue (which Temporal starts eagerly),
 * one on another queue, and again.
 */
export async function floorConversation({ secondQueue, inbox }: FloorInput): Promise<void> {
  setHandler(defineSignal<[string]>(FLOOR_SIGNAL), (key) => {
    inbox.push(key);
  });
  const own = proxyActivities<FloorActivities>({ startToCloseTimeout: '10 seconds' });
  const other = proxyActivities<FloorActivities>({ startToCloseTimeout: '10 seconds', taskQueue: secondQueue });

  while (workflowInfo().historyLength < HISTORY_LIMIT) {
    await condition(() => inbox.length > 0);
    const key = inbox.shift() ?? '';
    await own.step(key);
    await other.step(key);
  }
  await continueAsNew<typeof floorConversation>({ secondQueue, inbox });
}
