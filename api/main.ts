import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '#platform/config';
import { liveAndDieWith } from '#platform/parent-process';
import { composeInstallation } from '#services/compose';
import { registerWithSimulator } from '#services/demo/register-with-simulator';
import { seedDemo } from '#services/demo/seed-demo';
import { startApi } from './server.ts';

/** How long load balancers have to notice that this process is not ready any more. */
const NOTICE_MS = 2_000;

const config = loadConfig(process.env);
const installation = await composeInstallation(config, 'api');
const { log } = installation;
if (config.mode === 'test') await seedDemo(installation);
const api = await startApi(installation, { withProcessMetrics: true });
log.info({ url: api.url, mode: config.mode }, 'the api is listening');
if (config.publicUrl.startsWith('https://') && config.trustedProxies.length === 0)
  log.warn('PUBLIC_URL is https and TRUSTED_PROXIES is empty: no proxy is believed, so every request counts as http and is refused');

let stopping = false;
async function stop(why: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ why }, 'the api is stopping');
  api.beginShutdown();
  if (config.mode === 'production') await pause(NOTICE_MS);
  await api.close();
  await installation[Symbol.asyncDispose]();
}

process.once('SIGTERM', () => void stop('SIGTERM'));
process.once('SIGINT', () => void stop('SIGINT'));
liveAndDieWith(config.parentPid, () => void stop('the parent process is gone'));

if (config.mode === 'test') await registerWithSimulator(installation);
