import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from '../../../scripts/local-stack/packages.mjs';
import { recordingReport } from '../recording-report.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packages-'));
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { '': {}, 'node_modules/left': { version: '1.0.0' }, 'node_modules/maybe': { version: '2.0.0', optional: true } } }),
  );
});
afterEach(() => rmSync(root, { recursive: true }));

const installed = (version: string) => {
  mkdirSync(join(root, 'node_modules/left'), { recursive: true });
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: { 'node_modules/left': { version } } }));
};
/** npm cannot be found here, so that an attempt to install shows as a failure. */
const install = () => installPackages({ root, report: recordingReport(), logPath: join(root, 'npm.log'), env: { PATH: '' } });

it('packages that were installed by hand are not installed again', async () => {
  installed('1.0.0');
  await install();
  expect(existsSync(join(root, 'node_modules/.switchboard-lock-hash'))).toBe(true);
});

it('a changed lock file makes it install, and a failed install names the fix and leaves no mark', async () => {
  installed('0.9.0');
  await expect(install()).rejects.toMatchObject({ stage: 'Packages', reason: 'npm is not on the PATH', logPath: join(root, 'npm.log') });
  expect(existsSync(join(root, 'node_modules/.switchboard-lock-hash'))).toBe(false);
});
