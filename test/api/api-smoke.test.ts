import { startTestEnv } from '../support/test-env.ts';

test('smoke', async () => {
  await using env = await startTestEnv({ workers: false, settings: { LOG_LEVEL: 'debug' } });
  for (const path of ['/health/live', '/health/ready', '/openapi.json', '/docs', '/inbox', '/api/me', '/api/demo', '/metrics', '/nothing', '/api/nothing']) {
    const answer = await fetch(env.url + path);
    console.log(path, answer.status, (await answer.text()).slice(0, 300));
  }
  const business = await env.newBusiness();
  await business.phone().writes('hallo');
  await env.simulator.settled();
  console.log(JSON.stringify(env.simulator.world.webhookLog ?? null).slice(0, 800));
});
