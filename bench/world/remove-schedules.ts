import type { ComposedInstallation } from '#services/compose';

/** A stack that is gone must not keep Temporal busy with work that nobody does. */
export async function removeSchedules({ temporal, config }: ComposedInstallation): Promise<void> {
  for await (const { scheduleId } of temporal.client.schedule.list()) {
    if (scheduleId.startsWith(config.taskQueuePrefix)) await temporal.client.schedule.getHandle(scheduleId).delete();
  }
}
