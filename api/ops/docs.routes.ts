import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Router } from 'express';
import express from 'express';
import { buildOpenApiDocument } from '../open-api.ts';
import { nameRoute } from '../request-log.ts';

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Switchboard API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" href="/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="docs"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

/** A file of its own, because the content security policy allows no script inside a page. */
const START = `window.SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null, presets: [window.SwaggerUIBundle.presets.apis] });\n`;

/** The API's description, and a page to read it, served from here so that it works offline. */
export function docsRoutes(): Router {
  const router = express.Router();
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const document = JSON.stringify(buildOpenApiDocument());
  router.get('/openapi.json', nameRoute('/openapi.json'), (_req, res) => void res.type('application/json').send(document));
  router.get('/docs', nameRoute('/docs'), (_req, res) => void res.type('text/html').send(PAGE));
  router.get('/docs/start.js', nameRoute('/docs'), (_req, res) => void res.type('text/javascript').send(START));
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']) {
    router.get(`/docs/${file}`, nameRoute('/docs'), (_req, res) => res.sendFile(file, { root: assets, maxAge: '1h' }));
  }
  return router;
}
