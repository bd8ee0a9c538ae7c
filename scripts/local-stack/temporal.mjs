import { mkdirSync } from 'node:fs';
import { connect } from 'node:http2';
import { dirname } from 'node:path';
import { startChild, untilHealthy } from './child.mjs';

const STAGE = 'Temporal';
const FIX = 'npm run doctor names what is wrong; npm run reset starts with an empty Temporal; TEMPORAL_ADDRESS uses a Temporal of your own.';

/** Without these a signal reaches its activity in 100 ms on two cores, with them in 23 ms. */
const DYNAMIC_CONFIG = [
  'system.enableActivityEagerExecution=true',
  'history.transferProcessorMaxPollRPS=2000',
  'history.timerProcessorMaxPollRPS=2000',
  'history.timerProcessorMaxTimeShift="1ms"',
];

const SEARCH_ATTRIBUTES = ['BusinessId=Keyword', 'Channel=Keyword'];

/**
 * Starts Temporal's development server and waits until its frontend serves.
 * Without `dbFilename` it keeps everything in memory; without `uiPort` it has no Web UI.
 * @param {{ binary: string, port: number, logPath: string, uiPort?: number, dbFilename?: string, namespace?: string,
 *   codecEndpoint?: string, guard?: import('./guard.mjs').Guard, extraArgs?: string[], deadlineMs?: number, stop?: AbortSignal }} options
 */
export async function startTemporal({
  binary,
  port,
  logPath,
  uiPort,
  dbFilename,
  namespace = 'default',
  codecEndpoint,
  guard,
  extraArgs = [],
  deadlineMs = 60_000,
  stop,
}) {
  if (dbFilename) mkdirSync(dirname(dbFilename), { recursive: true });
  const child = startChild({
    name: 'temporal',
    command: binary,
    args: [
      'server',
      'start-dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--log-format',
      'json',
      '--log-level',
      'warn',
      ...(uiPort ? ['--ui-port', String(uiPort)] : ['--headless']),
      ...(uiPort && codecEndpoint ? ['--ui-codec-endpoint', codecEndpoint] : []),
      ...(namespace === 'default' ? [] : ['--namespace', namespace]),
      // An acknowledged message must survive a crash: the write-ahead log is synced at every commit.
      ...(dbFilename ? ['--db-filename', dbFilename, '--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=2'] : []),
      ...DYNAMIC_CONFIG.flatMap((value) => ['--dynamic-config-value', value]),
      ...SEARCH_ATTRIBUTES.flatMap((value) => ['--search-attribute', value]),
      ...extraArgs,
    ],
    logPath,
    guard,
  });
  const address = `127.0.0.1:${port}`;
  try {
    await untilHealthy(child, () => isTemporalServing(address), { stage: STAGE, fix: FIX, deadlineMs, stop });
  } catch (error) {
    await child.stop({ graceMs: 2000 });
    throw error;
  }
  return Object.assign(child, { port, address });
}

/**
 * Asks the frontend's standard gRPC health service. Plain HTTP/2 keeps this free of dependencies, so that the doctor
 * works before anything is installed; a TLS endpoint (Temporal Cloud) answers false here.
 * @param {string} address host:port
 * @returns {Promise<boolean>}
 */
export function isTemporalServing(address, timeoutMs = 2000) {
  const service = Buffer.from('temporal.api.workflowservice.v1.WorkflowService');
  const message = Buffer.concat([Buffer.from([0x0a, service.length]), service]);
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  message.copy(frame, 5);

  return new Promise((resolve) => {
    const session = connect(`http://${address}`);
    const answer = (serving) => {
      clearTimeout(deadline);
      session.destroy();
      resolve(serving);
    };
    const deadline = setTimeout(() => answer(false), timeoutMs);
    session.once('error', () => answer(false));
    const request = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.once('error', () => answer(false));
    // HealthCheckResponse { status: SERVING } is the two bytes 08 01 behind a five-byte frame header.
    request.once('end', () =>
      answer(
        Buffer.concat(chunks)
          .subarray(5)
          .equals(Buffer.from([0x08, 0x01])),
      ),
    );
    request.end(frame);
  });
}
