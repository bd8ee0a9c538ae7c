import type { ErrorRequestHandler } from 'express';
import type { Logger } from '#platform/logger';
import type { Metrics } from '#platform/metrics';
import { errorAnswerOf } from './errors.ts';
import { requestIdOf } from './request-log.ts';

/** The one place where an error becomes an answer. */
export function errorHandler(log: Logger, metrics: Metrics): ErrorRequestHandler {
  return (thrown: unknown, req, res, _next) => {
    const { status, code, message, details, retryAfterMs, fault } = errorAnswerOf(thrown);
    const requestId = requestIdOf(res);
    if (fault) log.error({ err: fault, requestId }, 'a request failed');
    metrics.errors.inc({ code });
    if (res.headersSent) {
      req.socket.destroy();
      return;
    }
    if (!req.complete) res.set('Connection', 'close');
    if (retryAfterMs !== undefined) res.set('Retry-After', String(Math.ceil(retryAfterMs / 1_000)));
    if (status === 401) res.set('WWW-Authenticate', 'Bearer');
    res.status(status).json({ error: { code, message, requestId, ...(details && { details }) } });
  };
}
