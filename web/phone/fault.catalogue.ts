import type { Fault, FaultRequest } from './simulator.types.ts';

/** The switches of the fault panel: what goes wrong, as the simulator names it. Words are in the messages under the same key. */
export const FAULT_SWITCHES = {
  sending: {
    tooMany: { on: 'messages.create', kind: '429' },
    failsBefore: { on: 'messages.create', kind: '500-before' },
    failsAfter: { on: 'messages.create', kind: '500-after' },
    breaksAfter: { on: 'messages.create', kind: 'reset-after' },
    hangs: { on: 'messages.create', kind: 'hang' },
    listDown: { on: 'messages.list', kind: '503-before' },
  },
  delivery: {
    phoneOff: { on: 'delivery', kind: 'undelivered', errorCode: 30003 },
    refused: { on: 'delivery', kind: 'fail', errorCode: 63013 },
    late: { on: 'delivery', kind: 'delay', ms: 5_000 },
  },
  webhooks: {
    lost: { on: 'webhooks', kind: 'drop' },
    twice: { on: 'webhooks', kind: 'duplicate' },
    late: { on: 'webhooks', kind: 'delay', ms: 5_000 },
    swapped: { on: 'webhooks', kind: 'reorder', ms: 4_000 },
    badSignature: { on: 'webhooks', kind: 'bad-signature' },
  },
  callbacks: {
    lost: { on: 'callbacks', kind: 'drop' },
    twice: { on: 'callbacks', kind: 'duplicate' },
    late: { on: 'callbacks', kind: 'delay', ms: 5_000 },
    swapped: { on: 'callbacks', kind: 'reorder', ms: 4_000 },
  },
  model: {
    fails: { on: 'chat', kind: '500-before' },
    hangs: { on: 'chat', kind: 'hang' },
  },
} as const satisfies Record<string, Record<string, FaultRequest>>;

export type FaultGroup = keyof typeof FAULT_SWITCHES;

export const FREQUENCIES = { always: {}, half: { rate: 0.5 }, three: { count: 3 }, once: { count: 1 } } as const satisfies Record<
  string,
  Pick<FaultRequest, 'rate' | 'count'>
>;
export type Frequency = keyof typeof FREQUENCIES;

/** The active faults one switch stands for; a fault that has struck as often as it may is over. */
export const activeFaults = (faults: readonly Fault[], { on, kind }: Pick<FaultRequest, 'on' | 'kind'>): Fault[] =>
  faults.filter((fault) => fault.on === on && fault.kind === kind && (fault.count === undefined || fault.struck < fault.count));
