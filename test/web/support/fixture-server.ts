import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { builtPages } from './built-pages.ts';
import { fixtureApiRoutes } from './fixture-api.routes.ts';
import { fixtureChatRoutes } from './fixture-chat.routes.ts';
import { fixtureSimRoutes } from './fixture-sim.routes.ts';
import { createFixtureWorld } from './fixture-world.ts';

/** The policy the pages must live with: no inline script, nothing from elsewhere. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Serves the built pages and the API contract from memory on a free port. */
export async function startFixtureServer() {
  const pages = await builtPages();
  const world = createFixtureWorld();
  const app = express();
  app.use((_request, response, next) => {
    response.set('content-security-policy', CONTENT_SECURITY_POLICY);
    next();
  });
  app.use(express.json({ limit: '5mb' }));
  app.use(fixtureApiRoutes(world), fixtureChatRoutes(world), fixtureSimRoutes(world));
  app.use(express.static(pages));
  app.get('/{*page}', (_request, response) => response.sendFile(join(pages, 'index.html')));

  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    world,
    url: `http://localhost:${port}`,
    async [Symbol.asyncDispose]() {
      world.inboxEvents.close();
      world.simEvents.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type FixtureServer = Awaited<ReturnType<typeof startFixtureServer>>;
