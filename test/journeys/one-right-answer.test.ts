import { startTestEnv } from '../support/test-env.ts';

describe('a customer of the garage', () => {
  test('asks for a Golf on WhatsApp and gets one right answer', async () => {
    await using env = await startTestEnv();
    const garage = await env.newBusiness();
    const phone = garage.phone();
    await phone.writes('Ik zoek een Volkswagen Golf');
    await env.settled();
    const received = phone.received();
    expect(received).toHaveLength(1);
    expect(received[0]).toMatch(/Golf/);
    expect(received[0]).toMatch(/18\.950/);
  });
});
