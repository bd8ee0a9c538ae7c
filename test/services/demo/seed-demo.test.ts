import { DEMO_BUSINESSES } from '#services/demo/demo-businesses';
import { registerWithSimulator } from '#services/demo/register-with-simulator';
import { demoBusinessId, seedDemo } from '#services/demo/seed-demo';
import { startTestEnv } from '../../support/test-env.ts';

test('the demo is there after a start, once, however often and by however many it is seeded', async () => {
  await using env = await startTestEnv({ workers: false });
  const { installation, config } = env;
  await Promise.all([seedDemo(installation), seedDemo(installation)]);
  await seedDemo(installation);

  expect((await installation.system.businesses.list()).map(({ name }) => name).sort()).toEqual(DEMO_BUSINESSES.map(({ name }) => name).sort());
  for (const { slug, numbers } of DEMO_BUSINESSES) {
    const ctx = installation.forBusiness(demoBusinessId(slug), { type: 'system', job: 'test' });
    expect((await ctx.members.list()).map(({ role }) => role).sort()).toEqual(['owner', 'staff']);
    for (const { e164 } of numbers)
      expect(installation.numbers.businessOf(config.twilioAccountSid ?? '', { channel: 'sms', address: e164 })?.businessId).toBe(ctx.businessId);
  }
  const key = await installation.system.apiKeys.findByToken(config.demoApiKey ?? '');
  expect(key?.businessId).toBe(demoBusinessId(DEMO_BUSINESSES[0]?.slug ?? ''));

  expect(await registerWithSimulator(installation)).toBe(true);
  const account = env.simulator.world.accounts.list().find(({ accountSid }) => accountSid === config.twilioAccountSid);
  expect(account?.numbers.map(({ e164 }) => e164).sort()).toEqual(DEMO_BUSINESSES.flatMap(({ numbers }) => numbers.map(({ e164 }) => e164)).sort());
  expect(account?.numbers[0]?.smsUrl).toBe(`${config.webhookBaseUrl}/webhooks/twilio/sms#rc=3&rp=5xx,ct,rt&ct=3000&tt=15000`);
}, 60_000);
