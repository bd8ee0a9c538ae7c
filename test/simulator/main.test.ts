import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const seed = { accounts: [{ accountSid: `AC${'1'.repeat(32)}`, authToken: 'token', numbers: [{ e164: '+31201234567' }] }], settings: { statusDelayMs: 1 } };

/** The simulator as its own process; resolves with its first line or, when it ends before, its stderr. */
async function start(environment: Record<string, string>): Promise<{ child: ChildProcess; line: string; errors: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', SIMULATOR_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let line = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    line += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
  return { child, line, errors };
}

async function seedFile(content: unknown): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-seed-'));
  const path = join(folder, 'seed.json');
  await writeFile(path, JSON.stringify(content));
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

describe('the simulator as a process', () => {
  it('says where it is in one JSON line, knows its seed, and leaves politely when asked', async () => {
    await using file = await seedFile(seed);
    const { child, line } = await start({ SIMULATOR_SEED_JSON: file.path });
    const ready = JSON.parse(line) as { ready: boolean; url: string };
    expect(ready).toMatchObject({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    const { accounts } = (await (await fetch(`${ready.url}/_sim/accounts`)).json()) as { accounts: unknown[] };
    expect(accounts).toMatchObject([{ accountSid: `AC${'1'.repeat(32)}` }]);

    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('goes when its parent is gone', async () => {
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const { child } = await start({ SWITCHBOARD_PARENT_PID: String(parent.pid) });
    const left = once(child, 'exit');
    parent.kill('SIGKILL');
    expect(await left).toEqual([0, null]);
  });

  it('refuses a seed with mistakes and names them', async () => {
    await using file = await seedFile({ accounts: [{ accountSid: 'AC1' }] });
    const { child, errors } = await start({ SIMULATOR_SEED_JSON: file.path });
    expect(child.exitCode).toBe(1);
    expect(errors).toContain('accounts[0].accountSid');
    expect(errors).toContain('accounts[0].authToken');
  });
});
