import type { Request } from 'express';
import { Router } from 'express';
import { parseForm, readCreateParameters, unknownParameters } from './create-parameters.ts';
import { refusalOf } from './create-validation.ts';
import { setStatus } from './delivery.ts';
import { answerThrough, refusedByFault, seenThrough, swallowedBefore } from './faulty-answer.ts';
import { outboundIdOf } from './ledger.ts';
import { messageAnswer } from './message.answer.ts';
import { messagePage } from './message-paging.ts';
import type { Message } from './messages.state.ts';
import { isFinal } from './messages.state.ts';
import { acceptMessage } from './send-message.ts';
import { accountOf } from './twilio.auth.ts';
import type { TwilioError } from './twilio.errors.ts';
import { cannotBeCanceled, deliveryNotCompleted, invalidParameter, notFound, tooManyRequests } from './twilio.errors.ts';
import type { World } from './world.ts';

const MESSAGES = '/2010-04-01/Accounts/:accountSid/Messages.json';
const MESSAGE = '/2010-04-01/Accounts/:accountSid/Messages/:sid.json';

export function messagesRoutes(world: World): Router {
  const router = Router();

  router.post(MESSAGES, async (request, response) => {
    const account = accountOf(response);
    const form = parseForm(formText(request));
    for (const parameter of unknownParameters(form)) world.gaps.record({ method: 'POST', path: request.path, parameter });
    const parameters = readCreateParameters(form);
    const { to, from, body, statusCallback } = parameters;
    const fault = world.faults.strike('messages.create', { to, from, accountSid: account.accountSid });
    const facts = { accountSid: account.accountSid, to, from, body, statusCallback, outboundId: outboundIdOf(statusCallback) };
    const refuse = (error: TwilioError, faulted?: string) => {
      world.ledger.append({ kind: 'message.refused', ...facts, httpStatus: error.status, errorCode: error.code, ...(faulted ? { faulted } : {}) });
      throw error;
    };

    if (swallowedBefore(world, fault, request)) {
      world.ledger.append({ kind: 'message.refused', ...facts, httpStatus: null, faulted: fault?.kind });
      return;
    }
    const faultRefusal = refusedByFault(fault);
    if (faultRefusal) refuse(faultRefusal, fault?.kind);
    if (account.createsPerSecond !== undefined && !world.pacing.take(account.accountSid, account.createsPerSecond)) refuse(tooManyRequests());
    const refusal = refusalOf(world, account, parameters);
    if (refusal) refuse(refusal);

    const message = acceptMessage(world, account, parameters, seenThrough(fault, 201));
    const answer = messageAnswer(message);
    await answerThrough(world, fault, request, response, () => response.status(201).json(answer));
  });

  router.get(MESSAGES, async (request, response) => {
    const { accountSid } = accountOf(response);
    const query = new URL(request.originalUrl, world.url).searchParams;
    const [to, from] = [query.get('To') ?? undefined, query.get('From') ?? undefined];
    const fault = world.faults.strike('messages.list', { to, from, accountSid });
    if (swallowedBefore(world, fault, request)) return;
    const refusal = refusedByFault(fault);
    if (refusal) throw refusal;

    const filter = { to, from, sentOn: dayOf(query, 'DateSent'), sentBefore: dayOf(query, 'DateSent<'), sentAfter: dayOf(query, 'DateSent>') };
    const page = messagePage(request.path, query, world.messages.list(accountSid, filter, world.settings.current.listLagMs));
    world.ledger.append({ kind: 'messages.listed', accountSid, to, from, ...seenThrough(fault, 200) });
    await answerThrough(world, fault, request, response, () => response.json(page));
  });

  router.get(MESSAGE, (request, response) => {
    response.json(messageAnswer(ownMessage(request)));
  });

  router.post(MESSAGE, async (request, response) => {
    const message = ownMessage(request);
    const form = parseForm(formText(request));
    for (const parameter of form.keys()) {
      if (!['Body', 'Status'].includes(parameter)) world.gaps.record({ method: 'POST', path: request.path, parameter });
    }
    const [body, status] = [form.get('Body')?.at(-1), form.get('Status')?.at(-1)];
    if (body === undefined && status === undefined) throw invalidParameter('Body or Status is required');
    if (status !== undefined) await cancel(world, message, status);
    if (body !== undefined) redact(world, message, body);
    response.json(messageAnswer(message));
  });

  router.delete(MESSAGE, (request, response) => {
    const message = ownMessage(request);
    if (!hasLeft(message)) throw deliveryNotCompleted();
    for (const sid of message.mediaSids) world.media.remove(sid);
    world.messages.remove(message.sid);
    response.status(204).end();
  });

  const ownMessage = (request: Request<{ accountSid: string; sid: string }>) => {
    const message = world.messages.get(request.params.accountSid, request.params.sid);
    if (!message) throw notFound(request.path);
    return message;
  };
  return router;
}

async function cancel(world: World, message: Message, status: string): Promise<void> {
  if (status !== 'canceled') throw invalidParameter(`Invalid Status: ${status}`);
  if (message.status !== 'scheduled') throw cannotBeCanceled();
  await setStatus(world, message, 'canceled');
}

function redact(world: World, message: Message, body: string): void {
  if (body !== '') throw invalidParameter('The Body of a message can only be redacted');
  if (!hasLeft(message)) throw deliveryNotCompleted();
  message.body = '';
  message.dateUpdated = world.clock.now();
}

/** Twilio lets go of a message only when it is out of its hands. */
function hasLeft(message: Message): boolean {
  return isFinal(message) || message.status === 'sent';
}

/** The raw form body; anything that is not a form counts as an empty one. */
export function formText(request: Request<unknown>): string {
  return typeof request.body === 'string' ? request.body : '';
}

function dayOf(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw invalidParameter(`Invalid ${name}: ${text}`);
  return date.toISOString().slice(0, 10);
}
