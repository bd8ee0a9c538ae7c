import type { ClientRequest } from 'node:http';
import { request } from 'node:http';
import { pipeline } from 'node:stream';
import type { Router } from 'express';
import express from 'express';
import type { ApiScope } from '../calls.ts';
import { isLoopback } from '../client-address.ts';
import { ApiFailure } from '../errors.ts';
import { nameRoute } from '../request-log.ts';
import { isFromOwnPage } from '../security.ts';

/** What may travel on; nothing that says who is signed in here. */
const PASSED_ON = ['accept', 'content-type', 'content-length', 'transfer-encoding', 'last-event-id'];
const NOT_PASSED_BACK = new Set(['connection', 'keep-alive', 'transfer-encoding', 'set-cookie']);

/** Test mode: the phone page reaches the simulator under this address, so that its policy allows no other. For this machine only. */
export function simulatorProxy({ installation: { config } }: ApiScope): Router {
  const router = express.Router();
  const { simulatorUrl } = config;
  if (config.mode !== 'test' || simulatorUrl === undefined) return router;
  router.use('/_sim', nameRoute('/_sim'), (req, res) => {
    if (!isLoopback(req.ip) || !isFromOwnPage(config, req.headers))
      throw new ApiFailure('forbidden', 'auth.forbidden', 'The simulator answers pages on this machine only.');
    const headers = Object.fromEntries(PASSED_ON.flatMap((name) => (req.headers[name] === undefined ? [] : [[name, req.headers[name]]])));
    const upstream: ClientRequest = request(new URL(req.originalUrl, simulatorUrl), { method: req.method, headers }, (answer) => {
      res.status(answer.statusCode ?? 502);
      for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined && !NOT_PASSED_BACK.has(name)) res.set(name, value);
      res.flushHeaders();
      pipeline(answer, res, () => upstream.destroy());
    });
    upstream.on('error', () => {
      if (!res.headersSent)
        res.status(502).json({ error: { code: 'simulator.unreachable', message: 'The simulator does not answer.', requestId: res.get('x-request-id') } });
      else res.destroy();
    });
    res.on('close', () => upstream.destroy());
    pipeline(req, upstream, () => undefined);
  });
  return router;
}
