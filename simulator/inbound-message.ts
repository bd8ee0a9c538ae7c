import { randomUUID } from 'node:crypto';
import type { Account, PhoneNumber } from './accounts.state.ts';
import { channelOf } from './addresses.ts';
import { deliver } from './delivery.ts';
import { submitToFault } from './faulty-delivery.ts';
import { inboundParameters, whatsAppFacts } from './inbound.parameters.ts';
import type { InboundRequest } from './inbound.request.ts';
import { messageView } from './message.view.ts';
import type { Message } from './messages.state.ts';
import { fetchMedia } from './outbound-media.ts';
import { segmentsOn } from './segments.ts';
import { insertMessage } from './send-message.ts';
import { newSid } from './sids.ts';
import { runTwiml } from './twiml-reply.ts';
import type { WebhookDelivery } from './webhook.sender.ts';
import { sendWebhook } from './webhook.sender.ts';
import type { World } from './world.ts';

/** The number nobody owns, or media that could not be had: the phone learns it, Twilio never saw a message. */
export class InboundImpossible extends Error {}

export type InboundDelivery = Pick<WebhookDelivery, 'status' | 'ms' | 'attempt' | 'error'>;

/** A phone sends: the message is in Twilio's list from here on, whatever happens to its webhook. */
export async function receiveMessage(world: World, request: InboundRequest): Promise<{ message: Message; deliveries: Promise<InboundDelivery[]> }> {
  const owner = world.accounts.ownerOf(request.to);
  if (!owner?.number.channels.includes(request.channel)) throw new InboundImpossible(`no account has ${request.to} on ${request.channel}`);

  const known = request.messageSid ? world.messages.get(owner.account.accountSid, request.messageSid) : undefined;
  const message = known ?? (await storeInbound(world, owner.account, request));
  if (request.skipWebhook) return { message, deliveries: Promise.resolve([]) };

  const idempotencyToken = randomUUID();
  const deliveries = Array.from({ length: request.times }, () => notify(world, owner, message, idempotencyToken));
  return { message, deliveries: world.timers.track(Promise.all(deliveries)).then((lists) => lists.flat()) };
}

async function storeInbound(world: World, account: Account, request: InboundRequest): Promise<Message> {
  const fetched = await Promise.all(request.mediaUrls.map((url) => fetchMedia(url)));
  if (fetched.some((media) => media === undefined)) throw new InboundImpossible('a media URL could not be fetched');
  const contents = [
    ...request.media.map(({ contentType, base64 }) => ({ contentType, bytes: Buffer.from(base64, 'base64') })),
    ...fetched.filter((media) => media !== undefined),
  ];

  const now = world.clock.now();
  const sid = request.messageSid ?? newSid(contents.length > 0 ? 'MM' : 'SM');
  const media = contents.map((content) => world.media.add({ ...content, accountSid: account.accountSid, parentSid: sid, dateCreated: now }));
  const optOut = request.channel === 'sms' ? world.optOuts.receive(request.from, request.to, request.body) : undefined;
  if (request.channel === 'whatsapp') world.window.customerWrote(request.from, request.to, now);

  const message = world.messages.insert({
    sid,
    accountSid: account.accountSid,
    messagingServiceSid: account.messagingServices.find(({ senders }) => senders.includes(request.to))?.sid ?? null,
    from: request.from,
    to: request.to,
    body: request.body,
    direction: 'inbound',
    status: 'received',
    errorCode: null,
    errorMessage: null,
    numSegments: segmentsOn(request.to, request.body),
    mediaSids: media.map((one) => one.sid),
    mediaUrls: [],
    dateCreated: now,
    dateSent: now,
    dateUpdated: now,
    channelFacts: {
      ...(request.channel === 'whatsapp' ? whatsAppFacts(request, contents[0]?.contentType) : {}),
      ...(optOut && account.advancedOptOut ? { OptOutType: optOut.type } : {}),
    },
  });
  world.ledger.append({ kind: 'message.received', accountSid: account.accountSid, sid, to: message.to, from: request.from, body: message.body });
  world.activity.publish('message.created', messageView(message));
  if (optOut?.reply) replyForTwilio(world, message, optOut.reply);
  return message;
}

async function notify(
  world: World,
  { account, number }: { account: Account; number: PhoneNumber },
  message: Message,
  idempotencyToken: string,
): Promise<InboundDelivery[]> {
  const url = channelOf(message.to) === 'whatsapp' ? number.whatsappUrl : number.smsUrl;
  if (!url) return [];

  const subject = { to: message.to, from: message.from ?? undefined, accountSid: account.accountSid };
  const fault = world.faults.strike('webhooks', subject);
  const orderKey = `inbound ${message.from ?? ''} ${message.to}`;
  const facts = { to: message.to, from: message.from ?? undefined, body: message.body };
  const times = await submitToFault(world, fault, orderKey);
  if (times === 0) {
    world.ledger.append({ kind: 'webhook.dropped', accountSid: account.accountSid, sid: message.sid, faulted: 'drop', ...facts });
    return [{ status: null, ms: 0, attempt: 0, error: 'lost by a fault' }];
  }
  const call = {
    kind: 'inbound' as const,
    accountSid: account.accountSid,
    authToken: account.authToken,
    sid: message.sid,
    url,
    fallbackUrl: number.fallbackUrl,
    parameters: inboundParameters(world.url, message, world.media.ofMessage(message.sid)),
    idempotencyToken,
    facts,
    ...(fault ? { fault } : {}),
  };
  const sent = await Promise.all(Array.from({ length: times }, () => sendWebhook(world, call)));
  if (fault?.kind !== 'reorder') world.held.passed(orderKey);
  for (const { answer } of sent) if (answer?.status && answer.status < 400) runTwiml(world, message, answer);
  return sent.map(({ status, ms, attempt, error }) => ({ status, ms, attempt, ...(error ? { error } : {}) }));
}

/** Twilio's own answer to STOP, START and HELP; it goes out even to someone who has just left. */
function replyForTwilio(world: World, inbound: Message, body: string): void {
  const reply = insertMessage(world, {
    accountSid: inbound.accountSid,
    messagingServiceSid: inbound.messagingServiceSid,
    from: inbound.to,
    to: inbound.from ?? '',
    body,
    direction: 'outbound-reply',
    status: 'queued',
    mediaUrls: [],
  });
  world.ledger.append({ kind: 'message.auto-reply', accountSid: reply.accountSid, sid: reply.sid, to: reply.to, from: reply.from ?? undefined, body });
  world.timers.background(deliver(world, reply));
}
