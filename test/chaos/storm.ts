import { setTimeout as pause } from 'node:timers/promises';
import type { Crowd } from '../reliability/support/crowd.ts';
import { evidenceOf, untilDrained } from '../reliability/support/drained.ts';
import type { StackUnderFire } from '../reliability/support/stack-under-fire.ts';
import type { Verdict, Written } from '../reliability/support/verdict.ts';
import { judge } from '../reliability/support/verdict.ts';
import type { ChaosFault } from './fault.catalogue.ts';
import type { PlannedFault } from './fault.schedule.ts';
import { planFaults } from './fault.schedule.ts';

export interface StormOptions {
  messages: number;
  seed: number;
  faults: readonly ChaosFault[];
  /** The first round, for going on where an earlier run of the same seed ended. */
  fromRound: number;
}

/** One line of the timeline. */
export type StormEvent = { atMs: number; event: string } & Record<string, unknown>;

export interface StormResult {
  verdict: Verdict;
  rounds: number;
  strikes: Record<string, number>;
  /** Time from a webhook to its answer, of the attempt that was answered. */
  ackMs: { p50: number; p95: number; most: number };
  /** Set when something stayed open for too long. */
  stuck?: string;
}

const ROUND = 100;
const CUSTOMERS_PER_ROUND = 30;
const EVERY_MS = 150;
const STUCK_AFTER_MS = 60_000;

/** Rounds of a hundred messages, each with its own share of the seed; after each everything must come to rest, and is judged. */
export async function storm(
  fire: StackUnderFire,
  { messages, seed, faults, fromRound }: StormOptions,
  tell: (event: StormEvent) => void,
): Promise<StormResult> {
  const startedAt = performance.now();
  const say = (event: string, facts: Record<string, unknown> = {}): void => tell({ atMs: Math.round(performance.now() - startedAt), event, ...facts });
  const written: Written[] = [];
  const strikes: Record<string, number> = {};
  const rounds = Math.ceil(messages / ROUND);
  let verdict = judge({ written: [], ledger: [], inbound: [], outbound: [], onceParked: new Set(), parkedInbound: 0, brokenRuns: [] });

  for (let round = fromRound; round < rounds; round += 1) {
    const size = Math.min(ROUND, messages - round * ROUND);
    const crowd = fire.crowd(Math.min(CUSTOMERS_PER_ROUND, size));
    say('round', { round, messages: size });
    await oneRound(fire, crowd, size, planFaults(faults, { seed, round, lastsMs: size * EVERY_MS }), (event, fault) => {
      if (event === 'strike') strikes[fault] = (strikes[fault] ?? 0) + 1;
      say(event, { fault });
    });
    written.push(...crowd.written);
    try {
      await untilDrained(fire.records, written, { stuckAfterMs: STUCK_AFTER_MS, onProgress: (open) => say('draining', { open }) });
    } catch (thrown) {
      const stuck = [thrown instanceof Error ? thrown.message : String(thrown), ...(await fire.records.busyRuns())].join('\n');
      say('stuck', { dump: stuck });
      return { verdict: judge(await evidenceOf(fire.records, fire.twilio, written)), rounds: round + 1, strikes, ackMs: ackTimes(written), stuck };
    }
    verdict = judge(await evidenceOf(fire.records, fire.twilio, written));
    say('judged', { round, isClean: verdict.isClean, ...verdict.counts });
    if (!verdict.isClean) return { verdict, rounds: round + 1, strikes, ackMs: ackTimes(written) };
  }
  return { verdict, rounds, strikes, ackMs: ackTimes(written) };
}

/** Writes while things break; afterwards everything is whole again. */
async function oneRound(
  fire: StackUnderFire,
  crowd: Crowd,
  messages: number,
  plan: readonly PlannedFault[],
  tell: (event: 'strike' | 'heal', fault: string) => void,
): Promise<void> {
  const startedAt = performance.now();
  const strikeAll = async (lane: ChaosFault['lane']) => {
    for (const { fault, atMs, forMs, chance } of plan.filter((planned) => planned.fault.lane === lane)) {
      await pause(Math.max(0, startedAt + atMs - performance.now()));
      tell('strike', fault.name);
      const heal = await fault.strike({ stack: fire.stack, twilio: fire.twilio, chance });
      await pause(forMs);
      await heal();
      tell('heal', fault.name);
    }
  };
  await Promise.all([crowd.write(messages, EVERY_MS), strikeAll('processes'), strikeAll('twilio')]);
  await crowd.answered();
}

function ackTimes(written: readonly Written[]): StormResult['ackMs'] {
  const times = written.flatMap(({ deliveries }) => deliveries.filter(({ status }) => status === 200).map(({ ms }) => ms)).sort((a, b) => a - b);
  const at = (share: number): number => Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), most: Math.round(times.at(-1) ?? 0) };
}
