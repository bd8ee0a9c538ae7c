/** `npm run status [-- --json]`: what runs where. Ends with 1 when nothing runs. */
import { askSignInLink } from './local-stack/demo-api.mjs';
import { loadDotEnv } from './local-stack/environment.mjs';
import { dataDirectory, projectRoot } from './local-stack/paths.mjs';
import { runningStack } from './local-stack/stack-state.mjs';
import { stackStatus } from './local-stack/status-report.mjs';
import { summary } from './local-stack/summary.mjs';

loadDotEnv();
const dataDir = dataDirectory();
const status = await stackStatus(dataDir);

if (process.argv.includes('--json')) {
  // One line, so that a script finds it behind npm's own output.
  console.log(JSON.stringify(status));
} else {
  const state = runningStack(dataDir);
  if (!state) console.log('  Not running. npm start starts it.');
  else {
    const signInLink = status.ready && status.demo?.apiKey ? await askSignInLink(state.api, status.demo.apiKey) : undefined;
    const headline = status.ready ? 'Ready' : 'Running, not ready';
    console.log(summary({ headline, state, signInLink, dataDir: dataDir.replace(projectRoot, '.'), isInteractive: false }));
    for (const [name, pid] of Object.entries(status.pids)) console.log(`  ${name.padEnd(12)} ${pid ? `process ${pid}` : 'not started here'}`);
  }
}
process.exitCode = status.pids.supervisor ? 0 : 1;
