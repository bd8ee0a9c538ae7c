import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startToyStack } from './toy-stack.ts';

const run = promisify(execFile);
const root = resolve(__dirname, '../..');
jest.setTimeout(180_000);

it('reset stops the running stack and removes its databases, keeps its secrets, and does neither unasked', async () => {
  await using stack = await startToyStack();
  await stack.says(/Ctrl\+C stops everything/);
  const reset = (...args: string[]) => run(process.execPath, ['scripts/reset.mjs', ...args], { cwd: root, env: { ...process.env, ...stack.env } });

  await expect(reset()).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('say --yes') });
  expect(existsSync(join(stack.dataDir, 'mongo'))).toBe(true);

  await reset('--yes');
  expect(await stack.ended()).toEqual({ code: 0, signal: null });
  expect(existsSync(join(stack.dataDir, 'mongo'))).toBe(false);
  expect(existsSync(join(stack.dataDir, 'temporal.db'))).toBe(false);
  expect(existsSync(join(stack.dataDir, 'secrets.json'))).toBe(true);
});
