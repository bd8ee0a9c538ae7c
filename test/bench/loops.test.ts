import { setTimeout as sleep } from 'node:timers/promises';
import { closedLoop, openLoop } from '../../bench/load/loops.ts';

const answeredAfter = (ms: number) => sleep(ms).then(() => Date.now());

it('a slow answer delays no later message, and its wait is counted', async () => {
  const writtenAtMs: number[] = [];
  const run = await openLoop({ conversations: 1, messages: 3, gapMs: 20 }, () => {
    writtenAtMs.push(performance.now());
    return { acknowledged: sleep(200), answeredAtMs: answeredAfter(200) };
  });
  const [first = 0, , third = 0] = writtenAtMs;
  expect(third - first).toBeLessThan(180);
  expect(Math.min(...run.acks)).toBeGreaterThanOrEqual(198);
  expect(run).toMatchObject({ failed: 0, acks: { length: 3 }, turns: { length: 3 } });
});

it('in a closed load every customer waits for their answer before writing again', async () => {
  const open = new Map<number, number>();
  const run = await closedLoop({ conversations: 2, messages: 6, firstConversation: 10 }, (customer) => {
    open.set(customer, (open.get(customer) ?? 0) + 1);
    expect(open.get(customer)).toBe(1);
    const answered = answeredAfter(10).finally(() => open.set(customer, 0));
    return { acknowledged: Promise.resolve(), answeredAtMs: answered };
  });
  expect([...open.keys()].sort()).toEqual([10, 11]);
  expect(run).toMatchObject({ failed: 0, turns: { length: 6 } });
});

it('a message that was refused or never answered counts as failed, once', async () => {
  const run = await openLoop({ conversations: 3, messages: 3, gapMs: 0 }, (_customer, n) => ({
    acknowledged: n === 0 ? Promise.reject(new Error('503')) : Promise.resolve(),
    answeredAtMs: n <= 1 ? Promise.reject(new Error('no answer')) : answeredAfter(1),
  }));
  expect(run).toMatchObject({ failed: 2, acks: { length: 2 }, turns: { length: 1 } });
});
