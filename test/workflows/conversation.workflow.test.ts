import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/waiting.ts';
import type { Desk } from './support/desk.ts';
import { aConversation, startDesk } from './support/desk.ts';

const settled = (desk: Desk, line: string) => until(() => desk.log.includes(line), { describe: () => `"${line}" in ${JSON.stringify(desk.log)}` });
const linesOf = (desk: Desk, start: string) => desk.log.filter((line) => line.startsWith(start));

describe('a conversation', () => {
  test('when the customer writes once, one reply is composed and sent', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk);
    await customer.says('m1');
    await settled(desk, 'deliver m1: accepted');
    expect(desk.log).toEqual(['compose m1', 'deliver m1: accepted']);
  });

  test('when the same message arrives ten times, the customer gets one reply', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk);
    await Promise.all(Array.from({ length: 10 }, () => customer.says('m1')));
    await settled(desk, 'deliver m1: accepted');
    await customer.says('m1');
    await customer.says('m2');
    await settled(desk, 'deliver m2: accepted');
    expect(desk.log).toEqual(['compose m1', 'deliver m1: accepted', 'compose m2', 'deliver m2: accepted']);
  });

  test('when five messages come quickly, one reply covers them all', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk);
    for (const id of ['m1', 'm2', 'm3', 'm4', 'm5']) {
      await customer.says(id);
      await pause(40);
    }
    await settled(desk, 'deliver m5: accepted');
    expect(linesOf(desk, 'deliver')).toEqual(['deliver m5: accepted']);
    expect(linesOf(desk, 'compose').at(-1)).toContain('m1+m2+m3+m4+m5');
  });

  test('when words arrive while the reply is being written, it is written again over all of them and sent once', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 0 } });
    desk.onCompose = async (messages) => {
      if (messages.length === 1) await customer.says('m2');
    };
    await customer.says('m1');
    await settled(desk, 'deliver m2: accepted');
    expect(desk.log).toEqual(['compose m1', 'compose m1+m2 instead of m1', 'deliver m2: accepted']);
  });

  test('when somebody keeps writing, the reply does not wait longer than a burst may last', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 400, maxBurstMs: 900, maxRethinks: 0 } });
    let writing = true;
    const talker = (async () => {
      for (let n = 1; writing; n += 1) {
        await customer.says(`m${n}`);
        await pause(100);
      }
    })();
    await until(() => linesOf(desk, 'deliver').length > 0);
    writing = false;
    await talker;
    expect(linesOf(desk, 'compose')[0]?.split('+').length).toBeGreaterThan(2);
  });

  test('when a member takes over while the reply is being written, it is not sent', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 0 } });
    desk.onCompose = async () => {
      await customer.takeOver();
    };
    await customer.says('m1');
    await settled(desk, 'drop m1 for takeover');
    expect(linesOf(desk, 'deliver')).toEqual([]);
    expect(await customer.live()).toMatchObject({ owner: 'member', memberId: 'mem_anna' });
  });

  test('when the member hands back, the assistant answers the next message', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 0 } });
    await customer.takeOver();
    await customer.handBack();
    await customer.says('m1');
    await settled(desk, 'deliver m1: accepted');
    expect(desk.log).toEqual(['owner member', 'owner assistant', 'compose m1', 'deliver m1: accepted']);
  });

  test('what staff write is sent in the order they wrote it', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk);
    await customer.takeOver();
    await customer.staffWrites('first');
    await customer.staffWrites('second');
    await settled(desk, 'deliver second: accepted');
    expect(linesOf(desk, 'deliver')).toEqual(['deliver first: accepted', 'deliver second: accepted']);
  });

  test('when the assistant hands over, its reply is still sent and a member owns the conversation', async () => {
    await using desk = await startDesk();
    desk.handOver = true;
    const customer = aConversation(desk, { timings: { quietMs: 0 } });
    await customer.says('m1');
    await settled(desk, 'deliver m1: accepted');
    await until(async () => (await customer.live()).owner === 'member');
    expect(await customer.live()).toMatchObject({ doing: 'waiting_for_member' });
  });

  test('when a member leaves a customer waiting, staff are alerted and then the customer gets a fixed text', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 0, alertAfterMs: 300, fallbackAfterMs: 700 } });
    await customer.takeOver();
    desk.onCompose = () => undefined;
    await customer.says('m1');
    await settled(desk, 'notice we_will_come_back');
    const said = desk.log.filter((line) => !line.startsWith('compose') && !line.startsWith('drop'));
    expect(said.slice(0, 3)).toEqual(['owner member', 'alert staff', 'notice we_will_come_back']);
  });

  test('when the reply cannot be composed in time, staff are alerted and the reply is still tried', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 0, alertAfterMs: 1_000, fallbackAfterMs: 60_000 } });
    let isDown = true;
    desk.onCompose = () => {
      if (isDown) throw new Error('no database');
    };
    await customer.says('m1');
    await settled(desk, 'alert staff');
    isDown = false;
    await settled(desk, 'deliver m1: accepted');
  });

  test('when the reply can never be composed, the customer gets a fixed text instead of silence', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 0, alertAfterMs: 700, fallbackAfterMs: 700 } });
    desk.onCompose = () => {
      throw new Error('poison');
    };
    await customer.says('m1');
    await settled(desk, 'drop m1 for fallback');
    await until(() => linesOf(desk, 'deliver we_will_come_back').length === 1);
  });

  test('when a phone writes too fast, it is asked once to slow down and still answered when its time has come', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 0 } });
    const throttledUntilMs = Date.now() + 700;
    await customer.says('m1', { throttledUntilMs });
    await customer.says('m2', { throttledUntilMs });
    await until(() => linesOf(desk, 'deliver m2').length === 1);
    expect(Date.now()).toBeGreaterThanOrEqual(throttledUntilMs);
    expect(linesOf(desk, 'notice')).toEqual(['notice slow_down']);
    expect(linesOf(desk, 'compose')).toEqual(['compose m1+m2']);
  });

  test('when nothing happens for long, the run closes, and the next message starts a new one', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 0, idleMs: 400 } });
    await customer.says('m1');
    await settled(desk, 'deliver m1: accepted');
    await until(async () => (await customer.handle().describe()).status.name === 'COMPLETED');
    await customer.says('m2');
    await settled(desk, 'deliver m2: accepted');
    expect(linesOf(desk, 'deliver')).toEqual(['deliver m1: accepted', 'deliver m2: accepted']);
  });

  test('when the history grows long, the run continues as new and loses nothing, also under fire', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 0, historyLimit: 60, maxRethinks: 0 } });
    const ids = Array.from({ length: 40 }, (_, n) => `m${n}`);
    for (const id of ids) {
      await customer.says(id);
      await pause(30);
    }
    const covered = () => linesOf(desk, 'compose').flatMap((line) => line.slice('compose '.length).split('+'));
    await until(() => covered().length >= ids.length, { timeoutMs: 25_000 });
    expect([...covered()].sort()).toEqual([...ids].sort());
    const first = await customer.handle().describe();
    const runs = desk.client.workflow.list({ query: `WorkflowId = "${customer.workflowId}"` });
    let count = 0;
    for await (const _run of runs) count += 1;
    expect(first.status.name).toBe('RUNNING');
    expect(count).toBeGreaterThan(1);
  }, 60_000);

  test('a cancelled conversation closes at once', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 0 } });
    await customer.says('m1');
    await settled(desk, 'deliver m1: accepted');
    await customer.handle().cancel();
    await until(async () => (await customer.handle().describe()).status.name === 'CANCELLED');
  });

  test('when the worker stops in the middle and another starts, the turn goes on where it was', async () => {
    await using desk = await startDesk();
    const customer = aConversation(desk, { timings: { quietMs: 300 } });
    await customer.says('m1');
    await desk.stopWorkers();
    await customer.says('m2');
    await desk.startWorkers();
    await settled(desk, 'deliver m2: accepted');
    expect(linesOf(desk, 'deliver')).toEqual(['deliver m2: accepted']);
  });
});

describe('web chat', () => {
  test('the browser gets its answer in the same request, and the same answer when it asks again', async () => {
    await using desk = await startDesk();
    const visitor = aConversation(desk, { channel: 'web', timings: { quietMs: 0 } });
    const answer = await visitor.asks('w1');
    expect(answer).toMatchObject({ state: 'answered', text: 're: w1' });
    expect(await visitor.asks('w1')).toEqual(answer);
    expect(desk.log).toEqual(['compose w1']);
  });

  test('a visitor who waits learns that a member has taken over', async () => {
    await using desk = await startDesk();
    const visitor = aConversation(desk, { channel: 'web', timings: { quietMs: 0 } });
    let tookOver = false;
    desk.onCompose = () => until(() => tookOver);
    const answer = visitor.asks('w1');
    await settled(desk, 'compose w1');
    await visitor.takeOver();
    tookOver = true;
    expect(await answer).toEqual({ state: 'with_staff' });
  });
});
