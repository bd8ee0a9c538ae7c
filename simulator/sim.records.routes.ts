import { Router } from 'express';
import { z } from 'zod';
import { resendWebhook } from './webhook.sender.ts';
import type { World } from './world.ts';

const Since = z.object({ since: z.coerce.number().int().min(0).default(0) });
const LedgerQuery = Since.extend({
  kind: z.string().optional(),
  sid: z.string().optional(),
  outboundId: z.string().optional(),
  accountSid: z.string().optional(),
});

/** What was accepted, sent and answered: the ledger and the webhook inspector. */
export function simRecordsRoutes(world: World): Router {
  const router = Router();

  router.get('/_sim/ledger', (request, response) => {
    const { since, ...wanted } = LedgerQuery.parse(request.query);
    const facts = Object.entries(wanted).filter(([, value]) => value !== undefined);
    const entries = world.ledger.since(since).filter((entry) => facts.every(([name, value]) => entry[name as keyof typeof entry] === value));
    response.json({ entries });
  });
  router.delete('/_sim/ledger', (_request, response) => {
    world.ledger.clear();
    response.status(204).end();
  });

  router.get('/_sim/webhooks', (request, response) => {
    response.json({ webhooks: world.webhooks.since(Since.parse(request.query).since) });
  });
  router.get('/_sim/webhooks/:id', ({ params }, response) => {
    const record = world.webhooks.get(Number(params.id));
    if (!record) return void response.status(404).json({ error: 'no such webhook' });
    response.json(record);
  });
  router.post('/_sim/webhooks/:id/resend', async ({ params }, response) => {
    const record = world.webhooks.get(Number(params.id));
    if (!record) return void response.status(404).json({ error: 'no such webhook' });
    response.status(201).json(await resendWebhook(world, record));
  });
  return router;
}
