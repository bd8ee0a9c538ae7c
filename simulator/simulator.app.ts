import type { ErrorRequestHandler, Express } from 'express';
import express from 'express';
import { z } from 'zod';
import { chatCompletionRoutes } from './chat-completions.routes.ts';
import { emulateAliasRoutes } from './emulate-aliases.routes.ts';
import { mediaRoutes, storageRoutes } from './media.routes.ts';
import { messagesRoutes } from './messages.routes.ts';
import { simPhoneRoutes } from './sim.phone.routes.ts';
import { simRecordsRoutes } from './sim.records.routes.ts';
import { simRoutes } from './sim.routes.ts';
import { requireAccount } from './twilio.auth.ts';
import { internalError, notFound, TwilioError } from './twilio.errors.ts';
import type { World } from './world.ts';

const BODY_LIMIT = '32mb';

export function createSimulatorApp(world: World): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.text({ type: 'application/x-www-form-urlencoded', limit: BODY_LIMIT }));
  app.use(express.json({ limit: BODY_LIMIT }));
  app.use('/_sim', (request, response, next) => {
    if (request.method === 'GET') response.set('access-control-allow-origin', '*');
    next();
  });

  const authenticate = requireAccount(world);
  app.use(storageRoutes(world), simRoutes(world), simPhoneRoutes(world), simRecordsRoutes(world));
  app.use(chatCompletionRoutes(world), emulateAliasRoutes(world, authenticate));
  app.use((request, response, next) => (request.path.startsWith('/2010-04-01/') ? authenticate(request, response, next) : next()));
  app.use(messagesRoutes(world), mediaRoutes(world));
  app.use((request) => {
    if (!request.path.startsWith('/_sim/')) world.gaps.record({ method: request.method, path: request.path });
    throw notFound(request.path);
  });
  app.use(answerError);
  return app;
}

const answerError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof TwilioError) return void response.status(error.status).json(error);
  if (error instanceof z.ZodError) return void response.status(400).json({ error: z.prettifyError(error), issues: error.issues });
  const status = z.looseObject({ status: z.number().int().min(400).max(499) }).safeParse(error);
  if (status.success) return void response.status(status.data.status).json({ error: 'the request body could not be read' });
  process.stderr.write(`simulator: ${request.method} ${request.path} ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
  response.status(500).json(internalError());
};
