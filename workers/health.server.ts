import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AdvanceableClock } from '#platform/clock';

export interface WorkerHealth {
  isRunning(): boolean;
  roles: readonly string[];
  /** Test mode: where the simulator's clock is followed (`POST /clock {"offsetMs": …}`). */
  clock?: AdvanceableClock;
}

const LONGEST_BODY = 1_000;

/** The worker's own page: 200 while every worker polls, 503 otherwise. */
export function startHealthServer({ isRunning, roles, clock }: WorkerHealth, { port, host }: { port: number; host: string }): Server {
  return createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (clock && request.method === 'POST' && request.url === '/clock') {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => {
        body = (body + chunk).slice(0, LONGEST_BODY);
      });
      request.on('end', () => {
        const offsetMs = offsetIn(body);
        if (offsetMs === undefined) return answer(400, { error: { code: 'request.invalid', message: 'offsetMs must be a number of milliseconds.' } });
        clock.setOffset(offsetMs);
        answer(200, { now: clock.now().toISOString() });
      });
      return;
    }
    answer(isRunning() ? 200 : 503, { status: isRunning() ? 'running' : 'not running', roles });
  }).listen(port, host);
}

function offsetIn(body: string): number | undefined {
  try {
    const { offsetMs } = JSON.parse(body) as { offsetMs?: unknown };
    return typeof offsetMs === 'number' && Number.isFinite(offsetMs) ? offsetMs : undefined;
  } catch {
    return undefined;
  }
}
