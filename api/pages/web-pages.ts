import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Router } from 'express';
import express from 'express';
import { nameRoute } from '../request-log.ts';

const PAGES = ['/inbox', '/inbox/:conversationId', '/phone', '/welcome', '/chat-demo'];

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Switchboard</title>
<h1>The pages have not been built</h1>
<p>Run <code>npm run build:web</code> and load this page again. The API works without them.</p></html>
`;

/** The single-page app: files by their own names, and its index for every address that is one of its pages. */
export function webPages(root: string): Router {
  const router = express.Router();
  const index = resolve(root, 'index.html');
  router.get('/', nameRoute('page'), (_req, res) => res.redirect(302, '/inbox'));
  // Built files carry a hash of their content in their name, so a browser may keep them for good.
  router.use('/assets', nameRoute('asset'), express.static(resolve(root, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: true }));
  router.use(nameRoute('asset'), express.static(root, { index: false, maxAge: '5m', redirect: false, dotfiles: 'ignore' }));
  router.get(PAGES, nameRoute('page'), (_req, res) => {
    res.set('Cache-Control', 'no-cache');
    if (existsSync(index)) res.sendFile(index);
    else res.status(503).type('text/html').send(NOT_BUILT);
  });
  return router;
}
