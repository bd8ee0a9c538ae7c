import type { FaultRequest } from '#simulator/faults';
import type { SimulatedTwilio } from '../reliability/support/simulated-twilio.client.ts';
import type { PrivateStack } from '../support/private-stack.ts';
import type { StackProcess } from '../support/stack-process.ts';

export interface Scene {
  stack: PrivateStack;
  twilio: SimulatedTwilio;
  /** 0 ≤ chance < 1, from the run's seed: which of several processes is hit, which requests a fault strikes. */
  chance: number;
}

/** Something that goes wrong. `strike` breaks it and resolves with what heals it. */
export interface ChaosFault {
  name: string;
  /** Faults of one lane never overlap: a process that is stopped cannot be killed as well. */
  lane: 'processes' | 'twilio';
  strike(scene: Scene): Promise<() => Promise<unknown>>;
}

type OneProcess = (scene: Scene) => StackProcess;

const anyOf =
  (of: (stack: PrivateStack) => readonly StackProcess[]): OneProcess =>
  ({ stack, chance }) => {
    const processes = of(stack);
    const chosen = processes[Math.floor(chance * processes.length)];
    if (!chosen) throw new Error('the stack has no such process');
    return chosen;
  };

const worker = anyOf(({ workers }) => workers);
const api = anyOf(({ apis }) => apis);
const temporal: OneProcess = ({ stack }) => stack.temporal;
const mongod: OneProcess = ({ stack }) => stack.mongod;

function onProcess(verb: 'kill' | 'stop' | 'pause', name: string, which: OneProcess): ChaosFault {
  return {
    name: `${verb}-${name}`,
    lane: 'processes',
    async strike(scene) {
      const struck = which(scene);
      await struck[verb]();
      return async () => (verb === 'pause' ? struck.resume() : await struck.start());
    },
  };
}

function atTwilio(name: string, fault: Omit<FaultRequest, 'seed'>): ChaosFault {
  return {
    name,
    lane: 'twilio',
    async strike({ twilio, chance }) {
      const id = await twilio.addFault({ ...fault, seed: Math.floor(chance * 1_000_000) });
      return () => twilio.clearFault(id);
    },
  };
}

const bothStores: ChaosFault = {
  name: 'stop-both-stores',
  lane: 'processes',
  async strike({ stack }) {
    await Promise.all([stack.temporal.stop(), stack.mongod.stop()]);
    return () => Promise.all([stack.temporal.start(), stack.mongod.start()]);
  },
};

export const FAULTS: readonly ChaosFault[] = [
  onProcess('kill', 'worker', worker),
  onProcess('stop', 'worker', worker),
  onProcess('kill', 'api', api),
  onProcess('stop', 'api', api),
  onProcess('kill', 'temporal', temporal),
  onProcess('stop', 'temporal', temporal),
  onProcess('pause', 'temporal', temporal),
  onProcess('kill', 'mongod', mongod),
  onProcess('stop', 'mongod', mongod),
  onProcess('pause', 'mongod', mongod),
  bothStores,
  ...(['429', '500-before', '503-before', '500-after', 'reset-before', 'reset-after', 'hang', 'hang-before'] as const).map((kind) =>
    atTwilio(`create-${kind}`, { on: 'messages.create', kind, rate: 0.5 }),
  ),
  atTwilio('create-delay', { on: 'messages.create', kind: 'delay', ms: 1_000, rate: 0.5 }),
  atTwilio('list-500', { on: 'messages.list', kind: '500-before', rate: 0.8 }),
  atTwilio('list-hang', { on: 'messages.list', kind: 'hang', rate: 0.5 }),
  ...(['drop', 'duplicate', 'reorder'] as const).map((kind) => atTwilio(`callbacks-${kind}`, { on: 'callbacks', kind, rate: 0.6 })),
  ...(['drop', 'duplicate', 'reorder', 'bad-signature'] as const).map((kind) => atTwilio(`webhooks-${kind}`, { on: 'webhooks', kind, rate: 0.4 })),
];

/** The faults of `all` or of a comma-separated list. @throws naming one that does not exist */
export function faultsNamed(list: string): readonly ChaosFault[] {
  if (list === 'all') return FAULTS;
  if (list === 'none') return [];
  return list.split(',').map((name) => {
    const fault = FAULTS.find((candidate) => candidate.name === name.trim());
    if (!fault) throw new Error(`there is no fault "${name}"; there are: ${FAULTS.map((one) => one.name).join(', ')}`);
    return fault;
  });
}
