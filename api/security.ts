import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '#platform/config';
import { isLocal } from '#platform/config';
import { ApiFailure } from './errors.ts';

const ONE_YEAR_S = 31_536_000;

/** Headers every answer carries. Scripts come from this installation only; styles may be inline because the pages' component kit writes them. */
export function securityHeaders(config: Config): RequestHandler {
  const isHttps = config.publicUrl.startsWith('https://');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'script-src-attr': ["'none'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'media-src': ["'self'", 'blob:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        ...(isHttps ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: isHttps && !isLocal(config.publicUrl) ? { maxAge: ONE_YEAR_S, includeSubDomains: true } : false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/**
 * Where people come over https, nothing is served over http. The scheme is the proxy's word, and only a configured proxy's.
 * Health and metrics are asked from inside, without the proxy.
 */
export function httpsOnly(config: Config): RequestHandler {
  if (!config.publicUrl.startsWith('https://')) return (_req, _res, next) => next();
  const base = config.publicUrl.replace(/\/+$/, '');
  return (req, res, next) => {
    if (req.secure || req.path.startsWith('/health/') || req.path === '/metrics') return next();
    // A request with a body or a key has been readable on the way already; sending it on would hide that.
    if (req.method !== 'GET' && req.method !== 'HEAD') throw new ApiFailure('forbidden', 'request.https_required', 'Use https.');
    res.redirect(308, base + req.originalUrl);
  };
}

/** Lets listed websites call the web chat from a visitor's browser; every other origin gets no permission. */
export function webChatCors(config: Config): RequestHandler {
  const allowed = new Set(config.corsOrigins);
  return (req, res, next) => {
    const { origin } = req.headers;
    res.vary('Origin');
    if (origin && allowed.has(origin)) {
      res.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': 'retry-after, x-request-id',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      });
      if (req.method === 'OPTIONS')
        res.set({
          'Access-Control-Allow-Methods': 'GET, POST',
          'Access-Control-Allow-Headers': 'authorization, content-type, last-event-id',
          'Access-Control-Max-Age': '600',
        });
    }
    if (req.method === 'OPTIONS') res.status(204).end();
    else next();
  };
}

/** Whether a browser says the request comes from a page of this installation; a request without either header comes from no browser. */
export function isFromOwnPage(config: Config, headers: { origin?: string; 'sec-fetch-site'?: string | string[] }): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (headers.origin === undefined) return true;
  const own = new URL(config.publicUrl);
  if (headers.origin === own.origin) return true;
  return isLocal(config.publicUrl) && URL.canParse(headers.origin) && isLocal(headers.origin) && new URL(headers.origin).port === own.port;
}
