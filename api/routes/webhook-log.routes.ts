import { z } from 'zod';
import { At, Page, pageOf } from '../contracts/shared.contract.ts';
import { defineRoute } from '../define-route.ts';

const WebhookEntry = z
  .object({
    id: z.string(),
    at: At,
    path: z.string(),
    status: z.number().int(),
    ms: z.number(),
    accountSid: z.string(),
    messageSid: z.string().nullable(),
    headers: z.record(z.string(), z.string()),
    body: z.record(z.string(), z.string()).meta({ description: 'Numbers, names and words are masked before they are stored.' }),
  })
  .meta({ id: 'WebhookEntry' });

export const webhookLogRoute = defineRoute({
  operation: 'listWebhooks',
  method: 'get',
  path: '/api/webhook-log',
  access: 'staff',
  tag: 'Webhook log',
  summary: 'Verified webhooks from Twilio, newest first',
  query: z.object(Page),
  output: pageOf(WebhookEntry, 'WebhookLogPage'),
  success: [{ status: 200, about: 'A page of the log.' }],
  errors: ['cursor.invalid'],
  async handler({ ctx }, { query }) {
    const { items, nextCursor } = await ctx.webhookLog.list(query);
    return { items: items.map(({ at, messageSid, ...entry }) => ({ ...entry, at: at.toISOString(), messageSid: messageSid ?? null })), nextCursor };
  },
});
