import type { Express, Request, RequestHandler, Response } from 'express';
import express from 'express';
import type { z } from 'zod';
import type { Access, ApiScope, Calls, OpenCall } from './calls.ts';
import type { Route } from './define-route.ts';
import { ApiFailure } from './errors.ts';
import { nameRoute, requestIdOf } from './request-log.ts';
import { webChatCors } from './security.ts';

/** Turns an open request into one that is known to be allowed, or throws. */
export type Admit = <A extends Access>(access: A, call: OpenCall) => Promise<Calls[A]>;

export interface Gate {
  admit: Admit;
  /** Counts the request against the limits of its route. @throws ApiFailure 429. */
  countAgainstLimits(route: Route, call: Calls[Access]): Promise<void>;
}

const parseJson = express.json({ limit: '100kb', strict: true, type: 'application/json' });

/** Every route passes the same steps: who, how often, what, do, answer. */
export function mountRoutes(app: Express, scope: ApiScope, routes: readonly Route[], gate: Gate): void {
  const present = routes.filter((route) => !route.onlyInTestMode || scope.installation.config.mode === 'test');
  const cors = webChatCors(scope.installation.config);
  for (const route of present) {
    if (route.crossOrigin) app.use(route.path, cors);
    app[route.method](route.path, nameRoute(route.path), handlerOf(scope, route, gate));
  }
  for (const path of new Set(present.map((route) => route.path))) {
    const methods = present.filter((route) => route.path === path).map((route) => route.method.toUpperCase());
    app.all(path, nameRoute(path), (_req, res) => {
      res.set('Allow', methods.join(', '));
      throw new ApiFailure('invalid', 'method.not_allowed', 'This route does not have that method.', { status: 405 });
    });
  }
}

function handlerOf(scope: ApiScope, route: Route, gate: Gate): RequestHandler {
  return async (req, res) => {
    res.set('Cache-Control', 'no-store');
    const call = await gate.admit(route.access, { ...scope, req, res, requestId: requestIdOf(res) });
    await gate.countAgainstLimits(route, call);
    const input = {
      params: parsed(route.params, req.params, 'path'),
      query: parsed(route.query, req.query, 'query'),
      body: route.body && parsed(route.body, await jsonBody(req, res), 'body'),
    };
    const [usual] = route.success;
    if (!route.stream) res.status(usual?.status ?? 200);
    const output = await route.handler(call as never, input as never);
    if (route.stream) return;
    // Only declared fields leave.
    if (route.output) res.json(await route.output.parseAsync(output));
    else res.end();
  };
}

async function jsonBody(req: Request, res: Response): Promise<unknown> {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  if (!hasBody) return undefined;
  if (!req.is('application/json')) throw new ApiFailure('invalid', 'request.unsupported_media_type', 'Send the body as application/json.', { status: 415 });
  await new Promise<void>((resolve, reject) => parseJson(req, res, (error: unknown) => (error ? reject(error as Error) : resolve())));
  return req.body as unknown;
}

/** What is wrong is told by place and expectation, never by repeating the value. */
function parsed(schema: z.ZodType | undefined, value: unknown, where: 'path' | 'query' | 'body'): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // An id that no id can look like names nothing.
  if (where === 'path') throw new ApiFailure('not_found', 'route.not_found', 'There is nothing at this address.');
  const issues = result.error.issues.slice(0, 20).map((issue) => ({ in: where, path: issue.path.map(String).join('.'), message: issue.message }));
  throw new ApiFailure('invalid', 'request.invalid', 'A field is missing or has the wrong form.', { details: { issues } });
}
