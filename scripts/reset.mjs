/** `npm run reset [-- --yes]`: stops the stack of this folder and removes its databases. Secrets and binaries stay. */
import { existsSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeDatabases } from './local-stack/databases.mjs';
import { loadDotEnv } from './local-stack/environment.mjs';
import { isAlive, lockHolder } from './local-stack/file-lock.mjs';
import { dataDirectory, dataPaths } from './local-stack/paths.mjs';
import { clearState } from './local-stack/stack-state.mjs';

loadDotEnv();
const dataDir = dataDirectory();
const paths = dataPaths(dataDir);

if (!existsSync(dataDir)) {
  console.log('  Nothing to remove.');
  process.exit(0);
}
if (!(await isConfirmed())) {
  console.log('  Nothing was removed.');
  process.exit(1);
}
await stopRunningStack();
removeDatabases(dataDir);
clearState(dataDir);
rmSync(paths.logs, { recursive: true, force: true });
console.log(`  Removed the databases and logs of ${dataDir}. npm start makes new ones.`);

async function isConfirmed() {
  if (process.argv.includes('--yes')) return true;
  if (!process.stdin.isTTY) {
    console.log('  This removes all messages and workflows of this folder: say --yes.');
    return false;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`  Remove all messages and workflows in ${dataDir}? [y/N] `);
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function stopRunningStack() {
  const supervisor = lockHolder(paths.lock);
  if (!supervisor) return;
  console.log(`  Stopping the running stack (process ${supervisor})`);
  process.kill(supervisor, 'SIGTERM');
  const deadline = performance.now() + 60_000;
  while (isAlive(supervisor) && lockHolder(paths.lock)) {
    if (performance.now() > deadline) {
      console.error(`FAILED  Reset: process ${supervisor} did not stop within 60 s\n  Fix   Stop it (Ctrl+C twice where it runs), then try again.`);
      process.exit(1);
    }
    await sleep(200);
  }
}
