import type { Request, Response, Router } from 'express';
import express from 'express';
import type { ReadinessCheck } from '#services/health/readiness';
import { readiness } from '#services/health/readiness';
import type { ApiScope } from '../calls.ts';
import { nameRoute } from '../request-log.ts';

/** `/health/live`: the process answers. `/health/ready`: it can do its work now; a load balancer sends traffic elsewhere while it cannot. */
export function healthRoutes({ installation, stopping }: ApiScope): Router {
  const router = express.Router();
  router.get('/health/live', nameRoute('/health/live'), (_req: Request, res: Response) => void res.set('Cache-Control', 'no-store').json({ status: 'ok' }));
  router.get('/health/ready', nameRoute('/health/ready'), async (_req: Request, res: Response) => {
    const process: ReadinessCheck = stopping.aborted ? { ok: false, why: 'shutting down' } : { ok: true };
    // Going away is reason enough, and must be known at once.
    const checks = { process, ...(stopping.aborted ? {} : await readiness(installation)) };
    const isReady = Object.values(checks).every(({ ok }) => ok);
    res
      .set('Cache-Control', 'no-store')
      .status(isReady ? 200 : 503)
      .json({ status: isReady ? 'ready' : 'not_ready', checks });
  });
  return router;
}
