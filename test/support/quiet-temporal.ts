import { DefaultLogger, Runtime } from '@temporalio/worker';

let isQuiet = false;

/** Only what is wrong is worth a line in a test run. Once per process, before the first worker. */
export function quietTemporal(): void {
  if (isQuiet) return;
  isQuiet = true;
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } } });
  } catch {
    // An earlier test file of this process has installed it.
  }
}
