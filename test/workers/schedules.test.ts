import { schedulesOf, upsertSchedules } from '#workers/schedules';
import { startTestEnv } from '../support/test-env.ts';
import { until } from '../support/waiting.ts';

describe('the schedules', () => {
  test('can be brought up to date any number of times, and an operator’s pause is kept', async () => {
    await using env = await startTestEnv({ workers: false });
    const { client } = env.installation.temporal;
    const schedules = schedulesOf(env.installation);
    await upsertSchedules(client, schedules);
    try {
      const handle = client.schedule.getHandle(`${env.config.taskQueuePrefix}sweep`);
      await handle.pause('looking into something');
      await upsertSchedules(client, schedules);
      expect((await handle.describe()).state.paused).toBe(true);
    } finally {
      for (const { scheduleId } of schedules) await client.schedule.getHandle(scheduleId).delete();
    }
  });

  test('end expired sessions and find messages whose webhook never came', async () => {
    await using env = await startTestEnv();
    const garage = await env.newBusiness();
    const phone = garage.phone();
    const { client } = env.installation.temporal;
    const schedules = schedulesOf(env.installation);
    await phone.writes('Ik zoek een Golf');
    await env.settled();
    await upsertSchedules(client, schedules);
    try {
      const trigger = async (name: string) => client.schedule.getHandle(`${env.config.taskQueuePrefix}${name}`).trigger();

      await fetch(`${env.simulator.url}/_sim/inbound-message`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ from: phone.e164, to: garage.e164, body: 'Zijn jullie zaterdag open?', channel: 'whatsapp', skipWebhook: true }),
      });
      // The list leaves webhooks that are on their way a few seconds.
      env.installation.advanceableClock?.setOffset(10_000);
      await trigger('reconcile-inbound');
      await until(() => phone.received().length === 2);

      env.installation.advanceableClock?.setOffset(26 * 60 * 60 * 1_000);
      await trigger('clean-up');
      await until(async () => (await garage.conversation()).status === 'closed');
      expect((await garage.conversation()).memory).toEqual({});
      expect(await garage.thread()).toHaveLength(4);
    } finally {
      for (const { scheduleId } of schedules) await client.schedule.getHandle(scheduleId).delete();
    }
  });
});
