import { setTimeout as sleep } from 'node:timers/promises';
import type { Phone, Story } from './scene.ts';
import { eventually } from './scene.ts';

const HELD_MS = 8000;

export const outage: Story = {
  name: 'outage',
  about: 'Temporal stops answering and the worker is killed while customers write.',
  async play({ stack, phone, numberOf, tell, check }) {
    const { temporal, worker } = stack.pids;
    if (!temporal || !worker) throw new Error('this story needs a stack with a Temporal of its own (unset TEMPORAL_ADDRESS)');
    const dealer = numberOf('De Vries');
    const phones = Array.from({ length: 5 }, phone);

    tell(`Temporal (process ${temporal}) is held for ${HELD_MS / 1000} s`);
    process.kill(temporal, 'SIGSTOP');
    try {
      const sent = await Promise.all(phones.map((customer) => customer.writes(dealer, 'Zijn jullie zaterdag open?', { times: 2 })));
      const deliveries = sent.flatMap((message) => message.deliveries);
      const slowest = Math.round(Math.max(...deliveries.map(({ ms }) => ms)));
      check(
        `${phones.length} customers write; every webhook is answered 200, the slowest after ${slowest} ms`,
        deliveries.every(({ status }) => status === 200),
      );
      tell(`the worker (process ${worker}) is killed`);
      process.kill(worker, 'SIGKILL');
      await sleep(HELD_MS);
    } finally {
      process.kill(temporal, 'SIGCONT');
    }

    tell('Temporal goes on; the worker is started again by itself');
    const answered = async () => ((await answersOf(phones)).every((count) => count > 0) ? true : undefined);
    check('every customer gets an answer', (await eventually(answered, 90_000)) === true, `answers: ${await answersOf(phones)}`);
    await sleep(5000);
    const counts = await answersOf(phones);
    check(
      'and nobody gets two',
      counts.every((count) => count === 1),
      `answers: ${counts}`,
    );
  },
};

const answersOf = (phones: readonly Phone[]): Promise<number[]> => Promise.all(phones.map(async (phone) => (await phone.received()).length));
