import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../scripts/local-stack/ports.mjs';
import { isRunning, until } from '../support/waiting.ts';

const root = resolve(__dirname, '../..');

export interface ToyStack extends AsyncDisposable {
  pid: number;
  dataDir: string;
  env: Record<string, string>;
  output(): string;
  /** Waits for a line of output that matches. */
  says(pattern: RegExp): Promise<void>;
  pids(): Record<string, number | null>;
  kill(signal: NodeJS.Signals): void;
  ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** `npm start` as a process, with a real MongoDB and Temporal and with programs of ours that only answer on their port. */
export async function startToyStack(more: { env?: Record<string, string>; dataDir?: string; args?: string[] } = {}): Promise<ToyStack> {
  const dataDir = more.dataDir ?? mkdtempSync(join(tmpdir(), 'toy-stack-'));
  const env = { ...(await freePorts()), SWITCHBOARD_DATA_DIR: dataDir, NO_COLOR: '1', ...more.env };
  const child = spawn(process.execPath, [join(__dirname, 'fixtures/toy-stack.mjs')], {
    cwd: root,
    env: { ...withoutTestServices(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) => {
    child.once('close', (code, signal) => done({ code, signal }));
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    dataDir,
    env,
    output: () => output,
    says: (pattern) => until(() => pattern.test(output), { timeoutMs: 60_000, describe: () => `a line like ${pattern} in:\n${output}` }),
    pids: () => (existsSync(join(dataDir, 'stack.json')) ? JSON.parse(readFileSync(join(dataDir, 'stack.json'), 'utf8')).pids : {}),
    kill: (signal) => process.kill(pid, signal),
    ended: () => ended,
    async [Symbol.asyncDispose]() {
      if (isRunning(pid)) process.kill(pid, 'SIGTERM');
      await ended;
      if (!more.dataDir) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function freePorts(): Promise<Record<string, string>> {
  const names = ['HTTP_PORT', 'WORKER_HEALTH_PORT', 'SIMULATOR_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'MONGOD_PORT'];
  const ports = await Promise.all(names.map(freePort));
  return Object.fromEntries(names.map((name, index) => [name, String(ports[index])]));
}

/** The stack under test starts its own services. */
function withoutTestServices(): NodeJS.ProcessEnv {
  const { MONGODB_URI: _uri, TEMPORAL_ADDRESS: _address, npm_lifecycle_event: _event, ...rest } = process.env;
  return rest;
}
