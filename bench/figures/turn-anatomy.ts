import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../load/product.contender.ts';
import { median } from '../statistics.ts';
import { conversationHandleOf } from './conversation-handle.ts';

/** Where the time of a turn goes, in the order it passes; medians in milliseconds. */
export interface TurnAnatomy {
  /** The webhook verified and its signal in Temporal's history. */
  signalled: number;
  /** Until a worker has the workflow task. */
  taskStarted: number;
  /** Messages stored, reply composed and planned, within that task. */
  composed: number;
  /** Until a worker has the delivery. */
  deliveryStarted: number;
  /** The row claimed and Twilio's create accepted. */
  accepted: number;
}

/** Turns that do not overlap, on a conversation of their own. */
const CUSTOMER = 90_000;
const PAUSE_MS = 60;

type TimedEvent = { name: string; atMs: number };

/** Measures from outside: Temporal's own event times between the driver's clock and the simulator's. */
export async function turnAnatomy(product: Product, turns: number): Promise<TurnAnatomy> {
  const seen: { sentAtMs: number; acceptedAtMs: number }[] = [];
  for (let n = 0; n < turns; n += 1) {
    const webhook = product.webhookOf(CUSTOMER, n);
    const sentAtMs = Date.now();
    const [acceptedAtMs] = await Promise.all([product.replies.replyTo(CUSTOMER, webhook.messageSid, 20_000), product.deliver(webhook)]);
    seen.push({ sentAtMs, acceptedAtMs });
    await sleep(PAUSE_MS);
  }
  const { events } = await conversationHandleOf(product, CUSTOMER).fetchHistory();
  const timed = (events ?? []).map((event): TimedEvent => {
    const name = Object.keys(event).find((key) => key.endsWith('EventAttributes') && event[key as keyof typeof event] != null) ?? '';
    return { name: name.replace(/EventAttributes$/, ''), atMs: Number(event.eventTime?.seconds ?? 0) * 1_000 + Number(event.eventTime?.nanos ?? 0) / 1e6 };
  });
  // The first turn also starts the workflow.
  const each = seen.slice(1).map(({ sentAtMs, acceptedAtMs }) => {
    const after = (name: string, fromMs: number): number => timed.find((event) => event.name === name && event.atMs >= fromMs)?.atMs ?? Number.NaN;
    const signalledAt = after('workflowExecutionSignaled', sentAtMs);
    const taskAt = after('workflowTaskStarted', signalledAt);
    const scheduledAt = after('activityTaskScheduled', taskAt);
    const startedAt = after('activityTaskStarted', scheduledAt);
    return {
      signalled: signalledAt - sentAtMs,
      taskStarted: taskAt - signalledAt,
      composed: scheduledAt - taskAt,
      deliveryStarted: startedAt - scheduledAt,
      accepted: acceptedAtMs - startedAt,
    };
  });
  const of = (part: keyof TurnAnatomy): number => median(each.map((turn) => turn[part]).filter(Number.isFinite));
  return {
    signalled: of('signalled'),
    taskStarted: of('taskStarted'),
    composed: of('composed'),
    deliveryStarted: of('deliveryStarted'),
    accepted: of('accepted'),
  };
}

const IN_WORDS: Record<keyof TurnAnatomy, string> = {
  signalled: 'webhook to history',
  taskStarted: 'hop to the workflow',
  composed: 'store, compose and plan',
  deliveryStarted: 'hop to the delivery',
  accepted: 'claim and create',
};

/** "store, compose and plan 12.1 ms; then claim and create 7.0, hop to the workflow 4.2, …" */
export function describeAnatomy(anatomy: TurnAnatomy): string {
  const parts = (Object.entries(anatomy) as [keyof TurnAnatomy, number][]).sort((a, b) => b[1] - a[1]);
  return parts.map(([part, ms], n) => `${IN_WORDS[part]} ${ms.toFixed(1)}${n === 0 ? ' ms' : ''}`).join(', ');
}
