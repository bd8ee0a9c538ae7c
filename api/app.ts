import type { Express } from 'express';
import express from 'express';
import type { Sessions } from './auth/session.ts';
import type { ApiScope } from './calls.ts';
import { errorHandler } from './error-handler.ts';
import { ApiFailure } from './errors.ts';
import { createGate } from './gate.ts';
import { mountRoutes } from './mount-routes.ts';
import { codecRoutes } from './ops/codec.routes.ts';
import { docsRoutes } from './ops/docs.routes.ts';
import { healthRoutes } from './ops/health.routes.ts';
import { metricsRoutes } from './ops/metrics.routes.ts';
import { simulatorProxy } from './pages/simulator-proxy.ts';
import { webPages } from './pages/web-pages.ts';
import { requestLog } from './request-log.ts';
import { routeTable } from './route-table.ts';
import { httpsOnly, securityHeaders } from './security.ts';
import { twilioWebhooks } from './webhooks/twilio-webhooks.ts';

/** Everything one server answers, in the order a request meets it. */
export function createApp(scope: ApiScope, { sessions, webRoot }: { sessions: Sessions; webRoot: string }): Express {
  const { config, log } = scope.installation;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('trust proxy', config.trustedProxies);
  app.set('query parser', 'simple');

  app.use(requestLog(log, scope.metrics));
  app.use(securityHeaders(config));
  app.use(httpsOnly(config));
  app.use(healthRoutes(scope));
  app.use(metricsRoutes(scope));
  app.use(twilioWebhooks(scope));
  mountRoutes(
    app,
    scope,
    routeTable(() => sessions),
    createGate(sessions),
  );
  app.use(codecRoutes(scope));
  app.use(docsRoutes());
  app.use(simulatorProxy(scope));
  app.use(webPages(webRoot));
  app.use(() => {
    throw new ApiFailure('not_found', 'route.not_found', 'There is nothing at this address.');
  });
  app.use(errorHandler(log, scope.metrics));
  return app;
}
