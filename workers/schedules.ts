import type { Client, ScheduleOptions } from '@temporalio/client';
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Installation } from '#services/context';
import { CONVERSATIONS_QUEUE } from '#workflows/contracts/conversation';
import { CLEAN_UP_WORKFLOW, RECONCILE_INBOUND_WORKFLOW, SWEEP_WORKFLOW } from '#workflows/contracts/maintenance';

/** What runs by itself, and how often. */
export function schedulesOf({ config }: Pick<Installation, 'config'>): ScheduleOptions[] {
  const queuePrefix = config.taskQueuePrefix;
  const scheduled = (name: string, workflowType: string, spec: ScheduleOptions['spec'], note: string): ScheduleOptions => ({
    scheduleId: `${queuePrefix}${name}`,
    spec,
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour' },
    state: { note },
    action: {
      type: 'startWorkflow',
      workflowId: `${queuePrefix}${name}`,
      workflowType,
      taskQueue: queuePrefix + CONVERSATIONS_QUEUE,
      args: [{ queuePrefix }],
      workflowExecutionTimeout: '15 minutes',
    },
  });
  return [
    scheduled('sweep', SWEEP_WORKFLOW, { intervals: [{ every: config.sweepEveryMs }] }, 'Parked messages and stranded sends go on.'),
    scheduled(
      'reconcile-inbound',
      RECONCILE_INBOUND_WORKFLOW,
      { intervals: [{ every: config.reconcileInboundEveryMs }] },
      'Messages whose webhook never came are found at Twilio.',
    ),
    scheduled('clean-up', CLEAN_UP_WORKFLOW, { intervals: [{ every: '6 hours' }], jitter: '5 minutes' }, 'Expired sessions end.'),
  ];
}

/** Creates the schedules or brings them up to date. Safe to repeat and from several processes; an operator's pause is kept. */
export async function upsertSchedules(client: Client, schedules: readonly ScheduleOptions[]): Promise<void> {
  for (const schedule of schedules) {
    try {
      await client.schedule.create(schedule);
    } catch (thrown) {
      if (!(thrown instanceof ScheduleAlreadyRunning)) throw thrown;
      await client.schedule.getHandle(schedule.scheduleId).update(({ state }) => ({ ...schedule, state: { ...state, note: schedule.state?.note } }));
    }
  }
}
