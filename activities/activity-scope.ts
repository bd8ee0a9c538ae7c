import { CancelledFailure, Context } from '@temporalio/activity';
import type { BusinessId } from '#domain/ids';
import type { Installation, ServiceContext } from '#services/context';
import { toApplicationFailure } from './failures.ts';

/** Short activities end before the first beat; long ones are noticed within seconds when their worker dies. */
const BEAT_EVERY_MS = 2_000;

/** Runs one verb for one business as an activity: heartbeats while it works, and every error becomes a failure Temporal understands. */
export async function asActivity<Output>(
  installation: Installation,
  businessId: BusinessId,
  verb: (ctx: ServiceContext, signal: AbortSignal) => Promise<Output>,
): Promise<Output> {
  return await beating(installation, async (signal) => {
    // The business may have been created by another process a moment ago.
    await installation.keys.preload([businessId]);
    return await verb(installation.forBusiness(businessId, { type: 'system', job: Context.current().info.activityType }), signal);
  });
}

/** The same for work that belongs to no business. */
export const asSystemActivity = <Output>(installation: Installation, verb: (signal: AbortSignal) => Promise<Output>): Promise<Output> =>
  beating(installation, verb);

async function beating<Output>(installation: Installation, work: (signal: AbortSignal) => Promise<Output>): Promise<Output> {
  const { cancellationSignal, info, heartbeat } = Context.current();
  // A local activity lives within its workflow task, which Temporal keeps alive by itself.
  const beats = info.isLocal ? undefined : setInterval(() => heartbeat(), BEAT_EVERY_MS);
  try {
    return await work(cancellationSignal);
  } catch (thrown) {
    if (thrown instanceof CancelledFailure) throw thrown;
    installation.log.warn(
      { err: thrown, activity: info.activityType, workflowId: info.workflowExecution?.workflowId, attempt: info.attempt },
      'activity failed',
    );
    throw toApplicationFailure(thrown);
  } finally {
    clearInterval(beats);
  }
}
