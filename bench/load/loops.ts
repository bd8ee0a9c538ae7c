import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadPlan, Run } from './contender.ts';

/** One message of a load, on its way: what is needed to judge it. */
export interface Written {
  /** Resolves when the message was acknowledged; rejects when it was refused. */
  acknowledged: Promise<void>;
  /** When its turn ended, in milliseconds since the epoch; rejects when it did not end in time. */
  answeredAtMs: Promise<number>;
}

/** Writes message `n` as this customer, at once; whatever can be prepared has been. */
export type Write = (conversation: number, n: number) => Written;

/** Timers are late by up to a millisecond; the rest is waited for by turning the event loop. */
const TIMER_MARGIN_MS = 2;

/**
 * Fixed arrival times: a slow answer delays no later message, and every latency counts from the moment the message was
 * due, so that a stalled system is charged for everybody who waited.
 */
export async function openLoop(plan: LoadPlan, write: Write): Promise<Run> {
  const judge = createJudge();
  const startMs = performance.now() + 5;
  const toDateMs = Date.now() - performance.now();
  const written: Promise<boolean>[] = [];
  for (let n = 0; n < plan.messages; n += 1) {
    const dueMs = startMs + n * plan.gapMs;
    await untilMs(dueMs);
    written.push(judge.follow(write(conversationOf(plan, n), n), dueMs, dueMs + toDateMs));
  }
  await Promise.all(written);
  return judge.run(performance.now() - startMs);
}

/** Each customer writes their next message when the last one was answered. */
export async function closedLoop(plan: Omit<LoadPlan, 'gapMs'>, write: Write): Promise<Run> {
  const judge = createJudge();
  const startMs = performance.now();
  const each = Math.ceil(plan.messages / plan.conversations);
  const customers = Array.from({ length: plan.conversations }, async (_, customer) => {
    for (let turn = 0; turn < each; turn += 1) {
      const n = turn * plan.conversations + customer;
      const isAnswered = await judge.follow(write(conversationOf(plan, n), n), performance.now(), Date.now());
      // Whoever got no answer does not write again; the run is void anyway.
      if (!isAnswered) return;
    }
  });
  await Promise.all(customers);
  return judge.run(performance.now() - startMs);
}

const conversationOf = ({ conversations, firstConversation = 0 }: Pick<LoadPlan, 'conversations' | 'firstConversation'>, n: number): number =>
  firstConversation + (n % conversations);

function createJudge() {
  const acks: number[] = [];
  const turns: number[] = [];
  let failed = 0;
  return {
    /** Resolves with whether it went well; what goes wrong is counted. */
    async follow({ acknowledged, answeredAtMs }: Written, dueMs: number, dueAtMs: number): Promise<boolean> {
      const ack = acknowledged.then(() => acks.push(performance.now() - dueMs));
      const turn = answeredAtMs.then((atMs) => turns.push(atMs - dueAtMs));
      const ends = await Promise.allSettled([ack, turn]);
      const isWell = ends.every(({ status }) => status === 'fulfilled');
      if (!isWell) failed += 1;
      return isWell;
    },
    run: (elapsedMs: number): Run => ({ acks, turns, thinking: [], elapsedMs, failed }),
  };
}

async function untilMs(dueMs: number): Promise<void> {
  const leftMs = dueMs - performance.now();
  if (leftMs > TIMER_MARGIN_MS) await sleep(leftMs - TIMER_MARGIN_MS);
  while (performance.now() < dueMs) await new Promise(setImmediate);
}
