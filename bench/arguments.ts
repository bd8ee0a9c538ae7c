import { parseArgs } from 'node:util';
import type { Sizes } from './sizes.ts';
import { FULL, QUICK } from './sizes.ts';

export const GROUPS = ['bundle', 'ack', 'turn', 'throughput', 'growth', 'cost', 'memory', 'targets', 'start'] as const;
export type Group = (typeof GROUPS)[number];

export interface BenchArguments {
  groups: readonly Group[];
  sizes: Sizes;
  isQuick: boolean;
  /** Where the JSON goes besides bench/results/. */
  jsonPath?: string;
  /** Writes CPU profiles of the API and the worker. */
  profiles: boolean;
}

export const USAGE = `npm run bench -- messaging [options]

  --quick                 small sizes: does everything work, not how fast is it
  --only ack,turn,…       some of: ${GROUPS.join(', ')}
  --json FILE             write the result there too (it is always written to bench/results/)
  --profile               CPU profiles of the API and the worker in bench/results/profiles/
  --repeats N             how often floor and product take turns
  --conversations N       customers who write at the same time
  --messages N            messages of each customer in the throughput figure
  --every MS              pause between two messages of one customer where latency is measured
  --late-turn N           the turn that is compared with turn 5
  --stored N              stored messages that are compared with 1000
  --cached N              conversations kept in the worker's memory`;

/** @throws Error that names what is wrong; its message is for the person who typed. */
export function parseBenchArguments(args: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'string' },
      profile: { type: 'boolean', default: false },
      repeats: { type: 'string' },
      conversations: { type: 'string' },
      messages: { type: 'string' },
      every: { type: 'string' },
      'late-turn': { type: 'string' },
      stored: { type: 'string' },
      cached: { type: 'string' },
    },
  });
  if (positionals.length !== 1 || positionals[0] !== 'messaging') throw new Error(`Say what to measure: there is one suite, "messaging".\n\n${USAGE}`);

  const given = {
    repeats: wholeNumber('repeats', values.repeats),
    conversations: wholeNumber('conversations', values.conversations),
    messagesEach: wholeNumber('messages', values.messages),
    everyMs: wholeNumber('every', values.every),
    lateTurn: wholeNumber('late-turn', values['late-turn'], 20),
    storedMessages: wholeNumber('stored', values.stored, 2_000),
    cachedConversations: wholeNumber('cached', values.cached),
  };
  const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return {
    groups: values.only === undefined ? GROUPS : groupsIn(values.only),
    sizes: { ...(values.quick ? QUICK : FULL), ...chosen },
    isQuick: values.quick,
    jsonPath: values.json,
    profiles: values.profile,
  };
}

function groupsIn(text: string): Group[] {
  const wanted = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = wanted.filter((name) => !GROUPS.some((group) => group === name));
  if (unknown.length > 0 || wanted.length === 0) throw new Error(`--only takes some of ${GROUPS.join(', ')}, not "${unknown.join(', ')}".`);
  // In the order of the list: groups that share a stack stay together.
  return GROUPS.filter((group) => wanted.includes(group));
}

function wholeNumber(name: string, text: string | undefined, least = 1): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new Error(`--${name} takes a whole number from ${least}, not "${text}".`);
  return value;
}
