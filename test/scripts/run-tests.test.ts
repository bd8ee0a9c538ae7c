import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');
jest.setTimeout(180_000);

/** `npm test -- <args>` with services of its own; its standard output only. */
function runTests(args: string[]): Promise<{ code: number | null; lines: string[] }> {
  const { TEST_MONGODB_URI: _mongodb, TEST_TEMPORAL_ADDRESS: _temporal, ...env } = process.env;
  const child = spawn(process.execPath, ['scripts/run-tests.mjs', ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((done) => child.once('close', (code) => done({ code, lines: output.trim().split('\n') })));
}

it('a run ends with its numbers, and fails when a test failed', async () => {
  const { code, lines } = await runTests(['--testMatch', '<rootDir>/test/scripts/fixtures/mixed.spec.ts']);
  expect(lines.at(-1)).toBe('1 passed, 1 failed');
  expect(code).toBe(1);
});

it('a run of good tests succeeds', async () => {
  const { code, lines } = await runTests(['--testMatch', '<rootDir>/test/scripts/fixtures/mixed.spec.ts', '-t', '^holds']);
  expect(lines.at(-1)).toBe('1 passed, 0 failed, 1 skipped');
  expect(code).toBe(0);
});

it('a run without a single test fails', async () => {
  const { code, lines } = await runTests(['--testMatch', '<rootDir>/test/scripts/fixtures/nothing.spec.ts']);
  expect(lines.at(-1)).toBe('0 passed, 0 failed');
  expect(code).toBe(1);
});
