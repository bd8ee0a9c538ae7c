import type { ComposedInstallation } from '#services/compose';
import type { Simulator } from '#simulator/simulator.server';
import { CONVERSATION_WORKFLOW, CONVERSATIONS_QUEUE, liveConversation } from '#workflows/contracts/conversation';
import { until } from './waiting.ts';

interface World {
  installation: ComposedInstallation;
  simulator: Simulator;
}

/** Two looks in a row must find nothing, as work may be between two places while one looks. */
const QUIET_LOOKS = 2;
/** Nothing is on its way: the next move is the customer's or a member's. */
const WAITS_FOR_PEOPLE: ReadonlySet<string> = new Set(['idle', 'waiting_for_member']);

/** Resolves when nothing is on its way any more; rejects with what is still open. */
export async function untilSettled(world: World, timeoutMs = 20_000): Promise<void> {
  let quietLooks = 0;
  let open: string[] = [];
  await until(
    async () => {
      await world.simulator.settled(timeoutMs);
      open = await openWork(world);
      quietLooks = open.length === 0 ? quietLooks + 1 : 0;
      return quietLooks >= QUIET_LOOKS;
    },
    { timeoutMs, everyMs: 40, describe: () => `everything to settle; still open: ${open.join(', ')}` },
  );
}

async function openWork({ installation }: World): Promise<string[]> {
  const [stored, parked, busy] = await Promise.all([openMessages(installation), installation.system.parked.count(), busyConversations(installation)]);
  return [...stored, ...(parked > 0 ? [`${parked} parked inbound`] : []), ...busy];
}

/** The collection itself, not a repository: what a business-bound query would not see is open work all the same. */
async function openMessages({ db }: ComposedInstallation): Promise<string[]> {
  const messages = db.messages.collection;
  const [uncovered, unsent] = await Promise.all([
    messages.countDocuments({ direction: 'inbound', coveredBy: { $exists: false }, coverReason: { $exists: false } }),
    messages.countDocuments({ 'delivery.state': { $in: ['planned', 'attempting', 'unknown'] } }),
  ]);
  return [...(uncovered > 0 ? [`${uncovered} messages without an answer`] : []), ...(unsent > 0 ? [`${unsent} messages to send`] : [])];
}

/** A message may be in a workflow's hands and nowhere else yet. */
async function busyConversations({ temporal, config }: ComposedInstallation): Promise<string[]> {
  const queue = config.taskQueuePrefix + CONVERSATIONS_QUEUE;
  const busy: string[] = [];
  for await (const { workflowId, runId } of temporal.client.workflow.list({
    query: `TaskQueue = '${queue}' AND WorkflowType = '${CONVERSATION_WORKFLOW}' AND ExecutionStatus = 'Running'`,
  })) {
    const state = await temporal.client.workflow
      .getHandle(workflowId, runId)
      .query(liveConversation)
      .catch(() => undefined);
    // A run that ended since the list was made has nothing left to do; its successor is in the next list.
    if (state && (!WAITS_FOR_PEOPLE.has(state.doing) || state.waitingMessages > 0)) busy.push(`a conversation is ${state.doing}`);
  }
  return busy;
}
