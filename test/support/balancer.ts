import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Connections that may wait to be taken; Node's own 511 would turn some of a thousand away. */
const A_THOUSAND_AT_ONCE = 2_048;

export interface Balancer extends AsyncDisposable {
  url: string;
}

/**
 * What stands before several APIs in production: one address, requests in turn to each backend. A backend that refuses
 * the connection is passed over (nothing has been sent to it yet); any other fault is the caller's to see, as a 502.
 */
export async function startBalancer(backends: readonly string[]): Promise<Balancer> {
  let turn = 0;
  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const first = turn++;
    for (let attempt = 0; attempt < backends.length; attempt += 1) {
      const backend = backends[(first + attempt) % backends.length] ?? '';
      if (await forward(backend, incoming, body, outgoing)) return;
    }
    outgoing.writeHead(503).end();
  });
  await new Promise<void>((listening) => server.listen({ port: 0, host: '127.0.0.1', backlog: A_THOUSAND_AT_ONCE }, listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
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
