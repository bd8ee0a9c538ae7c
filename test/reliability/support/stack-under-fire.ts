import { Cleanup } from '../../support/cleanup.ts';
import type { PrivateStack, PrivateStackOptions } from '../../support/private-stack.ts';
import { startPrivateStack } from '../../support/private-stack.ts';
import type { Crowd, CrowdOptions } from './crowd.ts';
import { aCrowd } from './crowd.ts';
import { evidenceOf, untilDrained } from './drained.ts';
import type { SimulatedTwilio } from './simulated-twilio.client.ts';
import { simulatedTwilio } from './simulated-twilio.client.ts';
import type { StackRecords } from './stack-records.ts';
import { openStackRecords } from './stack-records.ts';
import type { Verdict, Written } from './verdict.ts';
import { judge } from './verdict.ts';

/** A private stack with its judge. */
export interface StackUnderFire extends AsyncDisposable {
  stack: PrivateStack;
  twilio: SimulatedTwilio;
  records: StackRecords;
  /** The numbers people write to; the demo's API key opens the business of the first. */
  numbers: readonly string[];
  /** People nobody else in this stack is, who write to the first two businesses. */
  crowd(customers: number): Crowd;
  /** Waits until nothing is open any more, then judges everything written to this stack so far, this included. */
  verdictOn(...written: (readonly Written[])[]): Promise<Verdict>;
}

/** Outages take seconds here: what waits for minutes in production looks again every second or two. */
const SHORT_OUTAGES = {
  TWILIO_TIMEOUT_MS: '1500',
  SWEEP_EVERY_MS: '1000',
  RECONCILE_INBOUND_EVERY_MS: '2000',
  PARKED_RETRY_MS: '500,1000',
};

/** The business whose conversations a script with the demo's key sees. */
export const OWNER_OF_DEMO_KEY = 'biz_de-vries';

const FIRST_CUSTOMER = 10_000_000;

export async function startStackUnderFire({ env, ...options }: PrivateStackOptions = {}): Promise<StackUnderFire> {
  await using undo = new Cleanup();
  const stack = undo.use(await startPrivateStack({ ...options, env: { ...SHORT_OUTAGES, ...env } }));
  const twilio = simulatedTwilio(stack.simulatorUrl);
  const records = undo.use(await openStackRecords(stack));
  const own = stack.businesses.toSorted((a, b) => Number(b.id === OWNER_OF_DEMO_KEY) - Number(a.id === OWNER_OF_DEMO_KEY));
  const numbers = own.slice(0, 2).flatMap((business) => business.numbers.map(({ e164 }) => e164));
  let nextCustomer = FIRST_CUSTOMER;
  const everyone: (readonly Written[])[] = [];

  const owned = undo.handOver();
  return {
    stack,
    twilio,
    records,
    numbers,
    crowd(customers) {
      const firstNumber = nextCustomer;
      nextCustomer += customers;
      const options: CrowdOptions = { numbers, customers, firstNumber };
      return aCrowd(twilio, options);
    },
    async verdictOn(...written) {
      everyone.push(...written);
      const all = everyone.flat();
      await untilDrained(records, all).catch(async (stuck: unknown) => {
        throw new Error(`${stuck instanceof Error ? stuck.message : String(stuck)}\n${(await records.busyRuns()).join('\n')}\n${clearest(stack.logTails())}`);
      });
      return judge(await evidenceOf(records, twilio, all));
    },
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

/** The ends of the logs, each line short enough to be read. */
export const clearest = (logTails: string): string =>
  logTails
    .split('\n')
    .filter((line) => /^--- |"(warn|error|fatal)"/.test(line))
    .map((line) => line.slice(0, 300))
    .join('\n');

export const CLEAN = { I1: [], I2: [], I3: [], I4: [], I6: [] } satisfies Verdict['violations'];
