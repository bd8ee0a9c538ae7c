import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from '#platform/logger';
import type { Metrics } from '#platform/metrics';

interface RequestFacts {
  requestId: string;
  /** The route's template; never the address that was called, which may hold a token or a phone number. */
  route?: string;
}

const factsOf = (res: Response): RequestFacts => res.locals as RequestFacts;

export const requestIdOf = (res: Response): string => factsOf(res).requestId;

/** Says under which name the request is counted and logged. */
export const nameRoute =
  (template: string): RequestHandler =>
  (_req, res, next) => {
    factsOf(res).route = template;
    next();
  };

/** One line and one measurement per request: who asked stays out, and so does every body. */
export function requestLog(log: Logger, metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    const facts = factsOf(res);
    facts.requestId = randomUUID();
    res.set('x-request-id', facts.requestId);
    res.once('close', () => {
      const ms = performance.now() - startedAt;
      const route = facts.route ?? 'other';
      const status = res.writableFinished ? res.statusCode : 499;
      metrics.httpSeconds.observe({ method: req.method, route, status: String(status) }, ms / 1_000);
      log[levelOf(status, route)]({ requestId: facts.requestId, method: req.method, route, status, ms: Math.round(ms) }, 'request');
    });
    next();
  };
}

const levelOf = (status: number, route: string): 'debug' | 'info' | 'warn' => {
  if (status >= 500) return 'warn';
  return route.startsWith('/health') || route === '/metrics' || route === 'page' ? 'debug' : 'info';
};
