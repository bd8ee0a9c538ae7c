import { startPrivateStack } from './private-stack.ts';
import { isRunning, until } from './waiting.ts';

jest.setTimeout(180_000);

it('each part can be killed and started again alone, and keeps its data and its address', async () => {
  let pids: number[];
  {
    await using stack = await startPrivateStack({ apis: 0, workers: 0 });
    const clock = async () => (await fetch(`${stack.simulatorUrl}/_sim/clock`)).status;
    expect(await clock()).toBe(200);

    const before = stack.mongod.pid;
    await stack.mongod.kill();
    expect(stack.mongod.isRunning()).toBe(false);
    await stack.mongod.start();
    expect(stack.mongod.pid).not.toBe(before);

    await stack.temporal.kill();
    await stack.temporal.start();
    await stack.simulator.stop();
    await expect(clock()).rejects.toThrow();
    await stack.simulator.start();
    const answer = await fetch(`${stack.simulatorUrl}/_sim/accounts`);
    expect(await answer.json()).toMatchObject({ accounts: [{ accountSid: stack.secrets.TWILIO_ACCOUNT_SID }] });
    pids = [stack.mongod.pid, stack.temporal.pid, stack.simulator.pid];
    expect(pids.every(isRunning)).toBe(true);
  }
  expect(pids.filter(isRunning)).toEqual([]);
});

it('the whole product runs in it, also when its API and its worker were killed', async () => {
  await using stack = await startPrivateStack();
  const [number] = stack.businesses.flatMap(({ numbers }) => numbers);
  const write = (body: string) =>
    fetch(`${stack.simulatorUrl}/_sim/inbound-message`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: '+31612345678', to: number?.e164, body, channel: 'sms' }),
    });
  const answers = async () => {
    const { entries } = (await (await fetch(`${stack.simulatorUrl}/_sim/ledger`)).json()) as { entries: { kind: string }[] };
    return entries.filter(({ kind }) => kind === 'message.accepted').length;
  };
  await write('Hallo');
  await until(async () => (await answers()) === 1, { describe: () => stack.logTails() });

  await Promise.all([stack.apis[0]?.kill(), stack.workers[0]?.kill()]);
  await Promise.all([stack.apis[0]?.start(), stack.workers[0]?.start()]);
  await write('Zijn jullie open?');
  await until(async () => (await answers()) === 2, { describe: () => stack.logTails() });
});
