import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server as NetServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createMetrics } from '#platform/metrics';
import { prepareRateLimits } from '#platform/rate-limit';
import type { ComposedInstallation } from '#services/compose';
import { startEventHub } from '#services/events/event-hub';
import { createApp } from './app.ts';
import { createSessions, prepareSessions } from './auth/session.ts';
import type { ApiScope } from './calls.ts';
import { createRateLimits } from './rate-limits.ts';

export interface RunningApi extends AsyncDisposable {
  /** Where it listens, without a trailing slash. */
  url: string;
  /** Readiness fails from now on; everything else is still served. */
  beginShutdown(): void;
  /** Lets requests in flight finish (up to `DRAIN_MS`), then closes. */
  close(): Promise<void>;
}

export interface ApiOptions {
  /** Where the built pages are. */
  webRoot?: string;
  /** Node's own process metrics; once per process. */
  withProcessMetrics?: boolean;
}

const DRAIN_MS = 10_000;
/** Connections that wait to be taken when listening ends are lost, so it ends when none has come for this long… */
const QUIET_MS = 300;
/** … or after this long, when somebody sends on although readiness fails. */
const QUIET_WITHIN_MS = 5_000;
/** A request that has arrived is read within this time. */
const UNREAD_MS = 500;
/** Longer than usual load balancers keep a connection, so that it is they who close it. */
const KEEP_ALIVE_MS = 75_000;
const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 30_000;

/** Serves the API, the webhooks and the pages for one composed installation. The caller disposes of the installation itself. */
export async function startApi(installation: ComposedInstallation, { webRoot = 'dist/web', withProcessMetrics = false }: ApiOptions = {}): Promise<RunningApi> {
  const { config, mongo, db, log } = installation;
  await Promise.all([prepareRateLimits(mongo), prepareSessions(mongo)]);
  const stopping = new AbortController();
  const sessions = createSessions(config, mongo);
  const scope: ApiScope = {
    installation,
    metrics: createMetrics({ process: 'api', withDefaults: withProcessMetrics }),
    limits: createRateLimits(installation, mongo),
    events: await startEventHub({ db, log }),
    stopping: stopping.signal,
    sessionEnds: new EventEmitter<{ end: [string] }>().setMaxListeners(0),
  };

  const server = createServer(
    { maxHeaderSize: 16 * 1024, headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    createApp(scope, { sessions, webRoot }),
  );
  const connections = watchConnections(server);
  server.listen(config.httpPort, config.httpHost);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= (async () => {
      stopping.abort();
      await drain(server, connections);
      await Promise.all([scope.events.close(), sessions.close()]);
    })();
    return closed;
  };
  return {
    url: `http://${config.httpHost.includes(':') ? `[${config.httpHost}]` : config.httpHost}:${port}`,
    beginShutdown: () => stopping.abort(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Remembers when connections come, from now on. */
function watchConnections(server: Server): { untilQuiet(): Promise<void> } {
  let lastAt = Number.NEGATIVE_INFINITY;
  server.on('connection', () => {
    lastAt = performance.now();
  });
  return {
    async untilQuiet() {
      const deadline = performance.now() + QUIET_WITHIN_MS;
      while (performance.now() < deadline && performance.now() - lastAt < QUIET_MS) await pause(QUIET_MS / 4);
    },
  };
}

/**
 * No new connections; requests on the way may finish. The server's own close would also end connections whose request has
 * arrived and not been read yet, so only listening ends at once, and idle connections a moment later.
 */
async function drain(server: Server, connections: { untilQuiet(): Promise<void> }): Promise<void> {
  await connections.untilQuiet();
  const closed = once(server, 'close');
  NetServer.prototype.close.call(server);
  // After the sockets were read once more: on a busy machine the timer may be due before them.
  const sweep = setInterval(() => setImmediate(() => server.closeIdleConnections()), UNREAD_MS);
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(late);
}
