import type { Router } from 'express';
import express from 'express';
import { isSameSecret } from '../auth/same-secret.ts';
import { bearerOf } from '../auth/staff-call.ts';
import type { ApiScope } from '../calls.ts';
import { isLoopback } from '../client-address.ts';
import { ApiFailure } from '../errors.ts';
import { nameRoute } from '../request-log.ts';

/** For Prometheus: with METRICS_TOKEN for whoever has it, without one for this machine only. */
export function metricsRoutes({ installation: { config }, metrics }: ApiScope): Router {
  const router = express.Router();
  router.get('/metrics', nameRoute('/metrics'), async (req, res) => {
    const given = bearerOf(req.headers.authorization);
    // The socket's own address: a forwarded one is for clients, and Prometheus comes without a proxy.
    const isAllowed =
      config.metricsToken === undefined
        ? isLoopback(req.socket.remoteAddress) && req.headers['x-forwarded-for'] === undefined
        : given !== undefined && isSameSecret(given, config.metricsToken);
    if (!isAllowed) throw new ApiFailure('unauthenticated', 'auth.required', 'Metrics need a token, or a caller on this machine.');
    res.set('Content-Type', metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return router;
}
