import { isSettled } from '#domain/messages/delivery';
import { until } from '../../support/waiting.ts';
import type { SimulatedTwilio } from './simulated-twilio.client.ts';
import type { StackRecords } from './stack-records.ts';
import type { Evidence, Written } from './verdict.ts';

/** A message that Temporal has may be parked as well, a moment after its webhook was answered: one empty look is not enough. */
const QUIET_LOOKS = 4;

/** What still has to happen, in words; empty when everything written is over and done with. */
export async function openWork(records: StackRecords, written: readonly Written[]): Promise<string[]> {
  const [inbound, outbound, parked] = await Promise.all([records.inbound(), records.outbound(), records.parkedInbound()]);
  const covered = new Set(inbound.filter((row) => row.coveredBy !== undefined || row.coverReason !== undefined).map(({ sid }) => sid));
  return [
    ...written.filter(({ messageSid }) => !covered.has(messageSid)).map(({ messageSid }) => `${messageSid} is not covered`),
    ...outbound
      .filter(({ state }) => !isSettled(state))
      .map(({ outboundId, state, attempts, waitsFor }) => `${outboundId} is ${state} after ${attempts} tries${waitsFor ? `, waits for ${waitsFor}` : ''}`),
    ...(parked > 0 ? [`${parked} messages are parked`] : []),
  ];
}

/** Waits until nothing is open any more; rejects, with what is open, when the number of open things has not changed for `stuckAfterMs`. */
export async function untilDrained(
  records: StackRecords,
  written: readonly Written[],
  { stuckAfterMs = 30_000, onProgress = (_open: number) => {} } = {},
): Promise<void> {
  let open: string[] = [];
  let quietLooks = 0;
  let changedAt = performance.now();
  await until(
    async () => {
      const now = await openWork(records, written);
      if (now.length !== open.length) {
        changedAt = performance.now();
        onProgress(now.length);
      }
      open = now;
      if (performance.now() - changedAt > stuckAfterMs)
        throw new Error(`stuck for ${stuckAfterMs / 1000} s with ${open.length} open:\n${open.slice(0, 40).join('\n')}`);
      quietLooks = open.length === 0 ? quietLooks + 1 : 0;
      return quietLooks >= QUIET_LOOKS;
    },
    { timeoutMs: 3_600_000, everyMs: 250 },
  );
}

export async function evidenceOf(records: StackRecords, twilio: SimulatedTwilio, written: readonly Written[]): Promise<Evidence> {
  await twilio.settled();
  const [ledger, inbound, outbound, onceParked, parkedInbound, brokenRuns] = await Promise.all([
    twilio.ledger(),
    records.inbound(),
    records.outbound(),
    records.onceParked(),
    records.parkedInbound(),
    records.brokenRuns(),
  ]);
  return { written, ledger, inbound, outbound, onceParked, parkedInbound, brokenRuns };
}
