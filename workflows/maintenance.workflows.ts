import { ActivityFailure, isCancellation, log } from '@temporalio/workflow';
import { maintenanceActivitiesOf } from './activities.ts';
import type { MaintenanceInput } from './contracts/maintenance.ts';

/** A page is small and a run is short: what is left over waits for the next run of the schedule. */
const PAGES_PER_RUN = 50;

/** Messages that were acknowledged while Temporal was away, and sends nobody works on, go back to their conversations. */
export async function sweep({ queuePrefix }: MaintenanceInput): Promise<{ moved: number; resumed: number }> {
  const { sweepParked, resumeStrandedSends } = maintenanceActivitiesOf(queuePrefix);
  let moved = 0;
  for (let page = 0; page < PAGES_PER_RUN; page += 1) {
    const swept = await sweepParked();
    moved += swept.moved;
    if (!swept.more) break;
  }
  return { moved, ...(await resumeStrandedSends()) };
}

/** Finds the messages whose webhooks never came, by asking Twilio what it received. One number that fails does not stop the others. */
export async function reconcileInboundMessages({ queuePrefix }: MaintenanceInput): Promise<{ listed: number; recovered: number; failedNumbers: number }> {
  const { listReconcilableNumbers, reconcileInbound } = maintenanceActivitiesOf(queuePrefix);
  const total = { listed: 0, recovered: 0, failedNumbers: 0 };
  for (const number of await listReconcilableNumbers()) {
    try {
      const { listed, recovered } = await reconcileInbound(number);
      total.listed += listed;
      total.recovered += recovered;
    } catch (thrown) {
      if (isCancellation(thrown) || !(thrown instanceof ActivityFailure)) throw thrown;
      log.warn('a number could not be reconciled and is tried again next time', { businessId: number.businessId });
      total.failedNumbers += 1;
    }
  }
  return total;
}

/**
 * Sessions past CONVERSATION_TTL end and their context is dropped; the messages stay until retention removes them.
 * Keys of histories that Temporal no longer keeps are destroyed with them.
 */
export async function cleanUpExpiredConversations({ queuePrefix }: MaintenanceInput): Promise<{ ended: number; keysDestroyed: number }> {
  const { endExpiredSessions, destroyOldPayloadKeys } = maintenanceActivitiesOf(queuePrefix);
  let ended = 0;
  for (let page = 0; page < PAGES_PER_RUN; page += 1) {
    const cleaned = await endExpiredSessions();
    ended += cleaned.ended;
    if (!cleaned.more) break;
  }
  return { ended, ...(await destroyOldPayloadKeys()) };
}
