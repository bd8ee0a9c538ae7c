/**
 * `node scripts/bootstrap.mjs`: everything a start or a test run needs, from a fresh clone and with nothing but Node:
 * packages, Temporal, MongoDB, the workflow bundle, the web pages. What is there already costs a fraction of a second.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildWhatChanged } from './local-stack/builds.mjs';
import { loadDotEnv } from './local-stack/environment.mjs';
import { describeFailure, StageFailure } from './local-stack/failure.mjs';
import { provideMongod, provideTemporal } from './local-stack/fetch-binary.mjs';
import { withLock } from './local-stack/file-lock.mjs';
import { isOlder } from './local-stack/find-binary.mjs';
import { installPackages } from './local-stack/packages.mjs';
import { dataDirectory, projectRoot } from './local-stack/paths.mjs';
import { createReport } from './local-stack/report.mjs';

const OLDEST_NODE = '20.19.0';
const report = createReport();

try {
  await bootstrap();
  report.close();
} catch (error) {
  report.close();
  console.error(describeFailure(error));
  // Also ends the programs of stages that ran beside the failed one.
  process.exit(1);
}

async function bootstrap() {
  if (isOlder(process.versions.node, OLDEST_NODE)) {
    throw new StageFailure({
      stage: 'Node',
      reason: `this is Node ${process.versions.node}, ${OLDEST_NODE} or newer is needed`,
      fix: 'Install Node 20, 22 or 24 from https://nodejs.org, or with your version manager.',
    });
  }
  loadDotEnv();
  const dataDir = dataDirectory();
  const logPath = join(dataDir, 'logs', 'bootstrap.log');
  mkdirSync(join(dataDir, 'logs'), { recursive: true });

  await withLock(
    join(projectRoot, '.data', 'bootstrap.lock'),
    async () => {
      rmSync(logPath, { force: true });
      await installPackages({ root: projectRoot, report, logPath });
      await Promise.all([
        process.env.TEMPORAL_ADDRESS ? report.stage('Temporal').done('TEMPORAL_ADDRESS') : provideTemporal({ report }),
        process.env.MONGODB_URI ? report.stage('MongoDB').done('MONGODB_URI') : provideMongod({ report }),
        buildWhatChanged({ root: projectRoot, report, logPath }),
      ]);
    },
    (pid) => report.line(`  ..  process ${pid} is preparing this folder already, waiting`),
  );
}
