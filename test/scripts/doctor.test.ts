import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function doctor(env: Record<string, string>): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    execFile(process.execPath, ['scripts/doctor.mjs'], { cwd: root, env: { ...process.env, SWITCHBOARD_DATA_DIR: dataDir, ...env } }, (error, stdout) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout }),
    );
  });
}

it('a wrong setting is named with its fix and never with its value, and fails the check', async () => {
  const { code, output } = await doctor({ SESSION_SECRET: 'too-short-value' });
  expect(code).toBe(1);
  expect(output).toContain('SESSION_SECRET: at least 32 characters');
  expect(output).not.toContain('too-short-value');
  expect(output).toContain('1 thing stands in the way of npm start.');
});

it('a busy port is a note with its way out, not a fault, and looking changes nothing', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  const busy = await new Promise<number>((listening) => other.once('listening', () => listening((other.address() as AddressInfo).port)));
  const { code, output } = await doctor({ HTTP_PORT: String(busy) });
  other.close();

  expect(output).toContain(`port ${busy} is in use (API and pages)`);
  expect(output).toContain('HTTP_PORT chooses another');
  expect(code).toBe(0);
  expect(readdirSync(dataDir)).toEqual([]);
});

it('a Temporal that does not answer is a fault', async () => {
  const { code, output } = await doctor({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
  expect(code).toBe(1);
  expect(output).toContain('Temporal does not answer at 127.0.0.1:1');
});
