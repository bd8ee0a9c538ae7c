import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { isRunning, until } from '../support/waiting.ts';
import type { ToyStack } from './toy-stack.ts';
import { startToyStack } from './toy-stack.ts';

const run = promisify(execFile);
const root = resolve(__dirname, '../..');
const allOf = (pids: Record<string, number | null>) => Object.values(pids).filter((pid): pid is number => pid !== null);
jest.setTimeout(180_000);

describe('a stack that runs', () => {
  let stack: ToyStack;
  beforeAll(async () => {
    stack = await startToyStack();
    await stack.says(/Ctrl\+C stops everything/);
  });
  afterAll(() => stack[Symbol.asyncDispose]());

  it('was started stage by stage, each with its time, and says where everything is', () => {
    for (const stage of ['MongoDB', 'Temporal', 'api', 'worker', 'simulator'])
      expect(stack.output()).toMatch(new RegExp(`  ok {2}${stage} +\\(\\d+\\.\\d s\\)`));
    expect(stack.output()).toContain(`Phone        http://localhost:${stack.env['HTTP_PORT']}/phone`);
    expect(stack.output()).toContain(`Workflows    http://localhost:${stack.env['TEMPORAL_UI_PORT']}`);
  });

  it('has made its secrets, readable by their owner only, and shows them neither on screen nor in a log', () => {
    const path = join(stack.dataDir, 'secrets.json');
    const secrets: Record<string, string> = JSON.parse(readFileSync(path, 'utf8'));

    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(Object.keys(secrets).sort()).toEqual(['DEMO_API_KEY', 'ENCRYPTION_KEY', 'SESSION_SECRET', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN']);
    const written = ['mongod', 'temporal', 'api', 'worker', 'simulator'].map((name) => readFileSync(join(stack.dataDir, 'logs', `${name}.log`), 'utf8'));
    for (const secret of Object.values(secrets)) expect([stack.output(), ...written].join('\n')).not.toContain(secret);
  });

  it('status answers one object with everything a script needs to drive the system', async () => {
    const { stdout } = await run(process.execPath, ['scripts/status.mjs', '--json'], { cwd: root, env: { ...process.env, ...stack.env } });
    const secrets = JSON.parse(readFileSync(join(stack.dataDir, 'secrets.json'), 'utf8'));
    const api = `http://localhost:${stack.env['HTTP_PORT']}`;

    expect(JSON.parse(stdout)).toEqual({
      ready: true,
      api,
      phone: `${api}/phone`,
      inbox: `${api}/inbox`,
      docs: `${api}/docs`,
      simulator: `http://localhost:${stack.env['SIMULATOR_PORT']}`,
      temporalAddress: `127.0.0.1:${stack.env['TEMPORAL_PORT']}`,
      temporalUi: `http://localhost:${stack.env['TEMPORAL_UI_PORT']}`,
      temporalNamespace: 'default',
      mongodbUri: `mongodb://127.0.0.1:${stack.env['MONGOD_PORT']}/switchboard?replicaSet=rs0`,
      twilio: { accountSid: secrets.TWILIO_ACCOUNT_SID, authToken: secrets.TWILIO_AUTH_TOKEN, publicUrl: api },
      demo: {
        apiKey: secrets.DEMO_API_KEY,
        businesses: [{ id: 'toy', name: 'Toy garage', numbers: [{ e164: '+31200000001', channels: ['sms', 'whatsapp'] }] }],
      },
      pids: {
        supervisor: stack.pid,
        temporal: expect.any(Number),
        mongod: expect.any(Number),
        simulator: expect.any(Number),
        api: expect.any(Number),
        worker: expect.any(Number),
      },
    });
  });

  it('a second start on the same folder says that it runs already, and leaves it running', async () => {
    await using second = await startToyStack({ dataDir: stack.dataDir, env: stack.env });

    expect(await second.ended()).toEqual({ code: 0, signal: null });
    expect(second.output()).toContain(`Already running (process ${stack.pid})`);
    expect(second.output()).toContain(`http://localhost:${stack.env['HTTP_PORT']}/phone`);
    expect(allOf(stack.pids()).every(isRunning)).toBe(true);
  });

  it('stops all of itself on Ctrl+C', async () => {
    const pids = allOf(stack.pids());
    expect(pids).toHaveLength(6);
    stack.kill('SIGINT');
    expect(await stack.ended()).toEqual({ code: 0, signal: null });
    expect(pids.filter(isRunning)).toEqual([]);
  });
});

it('a port that another program uses is moved, and said', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  const busy = await new Promise<number>((listening) => other.once('listening', () => listening((other.address() as AddressInfo).port)));
  await using stack = await startToyStack({ env: { HTTP_PORT: String(busy) } });
  await stack.says(/Ctrl\+C stops everything/);
  other.close();

  const [, taken] = /API and pages: port \d+ is in use by another program, taking (\d+)/.exec(stack.output()) ?? [];
  expect(Number(taken)).toBeGreaterThan(busy);
  expect(stack.output()).toContain(`Phone        http://localhost:${taken}/phone`);
});

it('a program that dies is started again, and status knows its new process', async () => {
  await using stack = await startToyStack();
  await stack.says(/Ctrl\+C stops everything/);
  const before = stack.pids();
  for (const name of ['worker', 'mongod', 'temporal']) process.kill(before[name] ?? 0, 'SIGKILL');

  for (const name of ['worker', 'mongod', 'temporal']) {
    await stack.says(new RegExp(`${name} ended by SIGKILL, starting again in 0\\.5 s`));
    await stack.says(new RegExp(`${name} is running again`));
  }
  const after = stack.pids();
  expect(after['worker']).not.toBe(before['worker']);
  expect(after['api']).toBe(before['api']);
  expect(allOf(after).every(isRunning)).toBe(true);
});

it('when the supervisor is killed nothing it started is left running', async () => {
  await using stack = await startToyStack();
  await stack.says(/Ctrl\+C stops everything/);
  const pids = allOf(stack.pids());
  expect(pids.every(isRunning)).toBe(true);

  stack.kill('SIGKILL');
  await until(() => !pids.some(isRunning), { timeoutMs: 60_000, describe: () => `the end of ${pids.filter(isRunning)}` });

  await using again = await startToyStack({ dataDir: stack.dataDir, env: stack.env });
  await again.says(/Ctrl\+C stops everything/);
});

it('a program that cannot start fails the start, naming the stage, the last lines of its log, the fix and the log', async () => {
  await using stack = await startToyStack({ env: { TOY_ENTRY: 'test/scripts/fixtures/broken-process.mjs' } });

  expect(await stack.ended()).toEqual({ code: 1, signal: null });
  expect(stack.output()).toMatch(/FAILED {2}(api|worker|simulator): ended with code 3/);
  expect(stack.output()).toContain('  | The toy has no battery');
  expect(stack.output()).toContain('  Fix   Repair the toy.');
  expect(stack.output()).toMatch(new RegExp(`  Log   ${stack.dataDir}/logs/(api|worker|simulator)\\.log`));
});

it('a stop in the middle of a start ends what was started', async () => {
  await using stack = await startToyStack({ env: { TOY_ENTRY: 'test/scripts/fixtures/silent-process.mjs' } });
  await stack.says(/ok {2}MongoDB/);
  stack.kill('SIGTERM');
  expect(await stack.ended()).toEqual({ code: 0, signal: null });
});
