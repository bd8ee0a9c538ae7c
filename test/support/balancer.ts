import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Connections that may wait to be taken; Node's own 511 would turn some of a thousand away. */
const A_THOUSAND_AT_ONCE = 2_048;

export interface Balancer extends AsyncDisposable {
  url: string;
}

/** How often each backend is asked whether it is ready. */
const PROBE_EVERY_MS = 250;

/**
 * What stands before several APIs in production: one address, requests in turn to each backend that says it is ready, or
 * to all when none does. A backend that refuses the connection is passed over (nothing has been sent to it yet); any
 * other fault is the caller's to see, as a 502.
 */
export async function startBalancer(backends: readonly string[], port = 0): Promise<Balancer> {
  let turn = 0;
  const probes = backends.length > 1 ? backends.map(startProbe) : [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const first = turn++;
    const inTurn = backends.map((_, n) => (first + n) % backends.length);
    const isReady = (n: number): boolean => probes[n]?.isReady() ?? true;
    for (const n of [...inTurn.filter(isReady), ...inTurn.filter((n) => !isReady(n))]) {
      const backend = backends[n] ?? '';
      if (await forward(backend, incoming, body, outgoing)) return;
    }
    outgoing.writeHead(503).end();
  });
  await new Promise<void>((listening) => server.listen({ port, host: '127.0.0.1', backlog: A_THOUSAND_AT_ONCE }, listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        for (const probe of probes) probe.stop();
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Knows whether a backend wants to be sent anything. One that does not answer in time counts as it did before. */
function startProbe(backend: string): { isReady(): boolean; stop(): void } {
  let isReady = true;
  const timer = setInterval(() => {
    fetch(`${backend}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => {
        isReady = answer.ok;
        return answer.body?.cancel();
      },
      () => undefined,
    );
  }, PROBE_EVERY_MS).unref();
  return { isReady: () => isReady, stop: () => clearInterval(timer) };
}

/** Resolves with false when the backend is not there. */
function forward(backend: string, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    const outward = request(new URL(incoming.url ?? '/', backend), { method: incoming.method, headers: incoming.headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('end', () => resolve(true));
      answer.once('error', () => {
        outgoing.destroy();
        resolve(true);
      });
    });
    outward.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') return resolve(false);
      if (!outgoing.headersSent) outgoing.writeHead(502).end();
      resolve(true);
    });
    outward.end(body);
  });
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}
