import type { RequestHandler } from 'express';
import { Router } from 'express';
import { parseForm } from './create-parameters.ts';
import { putStatus } from './delivery.ts';
import { InboundRequest } from './inbound.request.ts';
import { receiveMessage } from './inbound-message.ts';
import { messageAnswer } from './message.answer.ts';
import { formText } from './messages.routes.ts';
import type { MessageStatus } from './messages.state.ts';
import { MESSAGE_STATUSES } from './messages.state.ts';
import { accountOf } from './twilio.auth.ts';
import { badRequest, notFound } from './twilio.errors.ts';
import type { World } from './world.ts';

/** The endpoint names of vercel-labs/emulate, so that scripts written for it find what they expect. */
export function emulateAliasRoutes(world: World, authenticate: RequestHandler): Router {
  const router = Router();

  router.post('/_twilio/simulate/inbound-message', authenticate, async (request, response) => {
    const { accountSid } = accountOf(response);
    const form = fields(request.body, formText(request));
    const inbound = InboundRequest.safeParse({ to: form['To'], from: form['From'], body: form['Body'] });
    if (!inbound.success) throw badRequest(20001, 'To and From are required');
    if (world.accounts.ownerOf(inbound.data.to)?.account.accountSid !== accountSid) throw notFound(request.path);
    const { message, deliveries } = await receiveMessage(world, inbound.data);
    await deliveries;
    response.status(201).json(messageAnswer(message));
  });

  router.post('/_twilio/simulate/message-status', authenticate, (request, response) => {
    const form = fields(request.body, formText(request));
    const status = form['Status'];
    const message = world.messages.get(accountOf(response).accountSid, form['MessageSid'] ?? '');
    if (!form['MessageSid'] || !isStatus(status)) throw badRequest(20001, 'MessageSid and a known Status are required');
    if (!message) throw notFound(request.path);
    const error = form['ErrorCode'] ? { code: Number(form['ErrorCode']), message: form['ErrorMessage'] ?? null } : undefined;
    putStatus(world, message, status, error);
    response.json(messageAnswer(message));
  });
  return router;
}

/** Emulate takes forms and JSON alike. */
function fields(body: unknown, text: string): Record<string, string> {
  if (typeof body === 'object' && body !== null) return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]));
  return Object.fromEntries([...parseForm(text)].map(([name, values]) => [name, values.at(-1) ?? '']));
}

function isStatus(text: string | undefined): text is MessageStatus {
  return (MESSAGE_STATUSES as readonly (string | undefined)[]).includes(text);
}
