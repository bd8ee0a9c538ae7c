import type { Request, Response, Router } from 'express';
import express from 'express';
import type { BusinessId } from '#domain/ids';
import type { AuthenticWebhook } from '#services/webhooks/authenticate-webhook';
import { authenticateWebhook } from '#services/webhooks/authenticate-webhook';
import { logWebhook } from '#services/webhooks/log-webhook';
import { isSameSecret } from '../auth/same-secret.ts';
import type { ApiScope } from '../calls.ts';
import { ApiFailure, errorAnswerOf } from '../errors.ts';
import { nameRoute } from '../request-log.ts';
import { answerInbound } from './inbound.webhook.ts';
import { readRawForm } from './raw-form.ts';
import { answerStatus } from './status.webhook.ts';

/** What a webhook's own part decided; sent and logged by this file. */
export interface WebhookAnswer {
  status: number;
  type: 'text/xml' | 'text/plain';
  body: string;
  outcome: string;
  headers?: Record<string, string>;
  messageSid?: string;
  businessId?: BusinessId | null;
}

type WebhookPart = (scope: ApiScope, webhook: AuthenticWebhook, req: Request) => Promise<WebhookAnswer>;

const PARTS: Record<string, WebhookPart> = { whatsapp: answerInbound, sms: answerInbound, status: answerStatus };

/** `/webhooks/twilio/{whatsapp,sms,status}[/<secret>]`. Both message paths take either kind: the addresses say which it is. */
export function twilioWebhooks(scope: ApiScope): Router {
  const router = express.Router({ caseSensitive: true });
  for (const [kind, part] of Object.entries(PARTS)) {
    for (const path of [`/webhooks/twilio/${kind}`, `/webhooks/twilio/${kind}/:secret`]) {
      router.all(path, nameRoute(`/webhooks/twilio/${kind}`), async (req, res) => {
        checkSecret(scope.installation.config.twilioWebhookSecret, req.params['secret']);
        if (req.method === 'GET' || req.method === 'HEAD') res.type('text/plain').send('This address is ready for webhooks from Twilio.');
        else if (req.method === 'POST') await answer(scope, kind, part, req, res);
        else res.set('Allow', 'GET, POST').status(405).end();
      });
    }
  }
  return router;
}

async function answer(scope: ApiScope, kind: string, part: WebhookPart, req: Request, res: Response): Promise<void> {
  const startedAt = performance.now();
  const { installation, metrics } = scope;
  let webhook: AuthenticWebhook | undefined;
  let answered: WebhookAnswer;
  try {
    webhook = await authenticate(scope, req);
    answered = await part(scope, webhook, req);
  } catch (thrown) {
    const { status, code, message, fault, retryAfterMs } = errorAnswerOf(thrown);
    if (fault) installation.log.error({ err: fault, kind }, 'a webhook could not be handled');
    answered = {
      status,
      type: 'text/plain',
      body: `${message} (${code})`,
      outcome: code,
      headers: retryAfterMs ? { 'Retry-After': String(Math.ceil(retryAfterMs / 1_000)) } : {},
    };
    // A body that was not read to its end would be taken for the next request.
    if (!req.complete) res.set('Connection', 'close');
  }
  res
    .status(answered.status)
    .set(answered.headers ?? {})
    .type(answered.type)
    .send(answered.body);

  const ms = performance.now() - startedAt;
  metrics.webhooks.inc({ kind, outcome: answered.outcome });
  metrics.webhookSeconds.observe({ kind }, ms / 1_000);
  if (webhook) logAfterwards(scope, webhook, answered, { kind, ms, headers: req.headers });
}

async function authenticate({ installation }: ApiScope, req: Request): Promise<AuthenticWebhook> {
  const signature = req.get('x-twilio-signature');
  if (!signature) throw new ApiFailure('forbidden', 'webhook.signature_missing', 'The request is not signed.');
  return await authenticateWebhook(installation, { body: await readRawForm(req), url: installation.config.webhookBaseUrl + req.originalUrl, signature });
}

/** An optional second check; a wrong secret looks like a wrong signature. */
function checkSecret(expected: string | undefined, given: string | string[] | undefined): void {
  if (expected === undefined && given === undefined) return;
  if (expected === undefined) throw new ApiFailure('not_found', 'route.not_found', 'There is no such route.');
  if (!isSameSecret(String(given ?? ''), expected)) throw new ApiFailure('forbidden', 'webhook.secret_invalid', 'The address is not the configured one.');
}

/** The customer's answer never waits for the log, and a failing log is counted, nothing more. */
function logAfterwards(
  { installation, metrics }: ApiScope,
  webhook: AuthenticWebhook,
  answered: WebhookAnswer,
  request: { kind: string; ms: number; headers: Request['headers'] },
): void {
  const businessId = answered.businessId ?? webhook.businessIds[0];
  if (!businessId) return;
  const entry = {
    businessId,
    path: `/webhooks/twilio/${request.kind}`,
    headers: request.headers,
    fields: webhook.fields,
    accountSid: webhook.accountSid,
    messageSid: answered.messageSid,
    status: answered.status,
    ms: Math.round(request.ms),
  };
  logWebhook(installation, entry).catch(() => metrics.webhookLogFailures.inc());
}
