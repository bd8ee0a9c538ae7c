import { setTimeout as pause } from 'node:timers/promises';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { loadConfig } from '#platform/config';
import { liveAndDieWith } from '#platform/parent-process';
import { composeInstallation } from '#services/compose';
import type { Installation } from '#services/context';
import { startHealthServer } from './health.server.ts';
import { schedulesOf, upsertSchedules } from './schedules.ts';
import type { RunningWorkers } from './workers.ts';
import { startWorkers } from './workers.ts';

const RECONNECT_EVERY_MS = 1_000;

const config = loadConfig(process.env);
const installation = await composeInstallation(config, 'worker');
const { log } = installation;
// Temporal's own lines go through the same logger, and so through the same mask.
Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message, meta }) => log[levelOf(level)]({ temporal: meta }, message)),
  telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
  shutdownSignals: [],
});

let workers: RunningWorkers | undefined;
let isStopping = false;

const health = startHealthServer(
  { isRunning: () => workers?.isRunning() === true && !isStopping, roles: config.workerRoles, clock: installation.advanceableClock },
  { port: config.workerHealthPort, host: config.httpHost },
);

async function stop(reason: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info({ reason }, 'worker stopping');
  await workers?.stop();
  health.close();
  await installation[Symbol.asyncDispose]();
}
process.once('SIGTERM', () => void stop('SIGTERM').catch(crash));
process.once('SIGINT', () => void stop('SIGINT').catch(crash));
liveAndDieWith(config.parentPid, () => void stop('parent gone').catch(crash));

workers = await untilTemporalAnswers(installation);
log.info({ roles: config.workerRoles, namespace: config.temporalNamespace }, 'worker ready');
await workers.stopped;

/** Temporal may start later than we do: keep trying, say so once. */
async function untilTemporalAnswers(to: Installation): Promise<RunningWorkers> {
  for (let tries = 0; ; tries += 1) {
    try {
      const started = await startWorkers(to);
      await upsertSchedules(to.temporal.client, schedulesOf(to));
      return started;
    } catch (thrown) {
      if (isStopping) throw thrown;
      if (tries === 0) log.warn({ err: thrown }, 'Temporal does not answer yet; trying on');
      await pause(RECONNECT_EVERY_MS);
    }
  }
}

function levelOf(level: string): 'trace' | 'debug' | 'info' | 'warn' | 'error' {
  const name = level.toLowerCase();
  return name === 'trace' || name === 'debug' || name === 'info' || name === 'warn' ? name : 'error';
}

function crash(thrown: unknown): void {
  log.fatal({ err: thrown }, 'worker could not stop cleanly');
  process.exitCode = 1;
}
