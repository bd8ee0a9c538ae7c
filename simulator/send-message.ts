import type { Account } from './accounts.state.ts';
import type { CreateParameters } from './create-parameters.ts';
import { deliver } from './delivery.ts';
import { outboundIdOf } from './ledger.ts';
import { messageView } from './message.view.ts';
import type { Message } from './messages.state.ts';
import { segmentsOn } from './segments.ts';
import { newSid } from './sids.ts';
import type { World } from './world.ts';

/** What the caller saw of the answer; null when a fault swallowed it. */
export interface AnswerSeen {
  httpStatus: number | null;
  faulted?: string;
}

/** Takes a message that was found valid. It is on its way when this returns, whether or not the caller hears of it. */
export function acceptMessage(world: World, account: Account, parameters: CreateParameters, seen: AnswerSeen = { httpStatus: 201 }): Message {
  const body = renderBody(account, parameters);
  const service = account.messagingServices.find(({ sid }) => sid === parameters.messagingServiceSid);
  const statusCallback = parameters.statusCallback ?? service?.statusCallback;
  const message = insertMessage(world, {
    accountSid: account.accountSid,
    messagingServiceSid: service?.sid ?? null,
    from: parameters.from ?? null,
    to: parameters.to,
    body,
    direction: 'outbound-api',
    status: parameters.sendAt ? 'scheduled' : service && !parameters.from ? 'accepted' : 'queued',
    mediaUrls: parameters.mediaUrls,
    statusCallback,
    ...(parameters.contentSid ? { contentSid: parameters.contentSid } : {}),
    ...(parameters.sendAt ? { sendAt: new Date(parameters.sendAt) } : {}),
  });

  world.ledger.append({
    kind: 'message.accepted',
    accountSid: account.accountSid,
    sid: message.sid,
    to: message.to,
    from: message.from ?? undefined,
    body,
    status: message.status,
    statusCallback,
    outboundId: outboundIdOf(statusCallback),
    ...seen,
  });
  if (message.status !== 'scheduled') world.timers.background(deliver(world, message));
  return message;
}

export interface NewOutboundMessage
  extends Pick<Message, 'accountSid' | 'messagingServiceSid' | 'from' | 'to' | 'body' | 'direction' | 'status' | 'mediaUrls'> {
  statusCallback?: string;
  contentSid?: string;
  sendAt?: Date;
}

/** Stores an outbound message with an empty place for each of its media, and tells the watchers. */
export function insertMessage(world: World, facts: NewOutboundMessage): Message {
  const now = world.clock.now();
  const sid = newSid(facts.mediaUrls.length > 0 ? 'MM' : 'SM');
  const places = facts.mediaUrls.map(() =>
    world.media.add({ accountSid: facts.accountSid, parentSid: sid, contentType: 'application/octet-stream', bytes: Buffer.alloc(0), dateCreated: now }),
  );
  const message = world.messages.insert({
    ...facts,
    sid,
    errorCode: null,
    errorMessage: null,
    numSegments: facts.from === null ? 0 : segmentsOn(facts.to, facts.body),
    mediaSids: places.map((place) => place.sid),
    dateCreated: now,
    dateSent: null,
    dateUpdated: now,
  });
  world.activity.publish('message.created', messageView(message));
  return message;
}

/** Scheduled messages whose time has come by the simulator's clock start on their way. */
export function releaseScheduled(world: World): void {
  const now = world.clock.now();
  for (const message of world.messages.all()) {
    if (message.status !== 'scheduled' || !message.sendAt || message.sendAt > now) continue;
    message.status = message.from ? 'queued' : 'accepted';
    world.timers.background(deliver(world, message));
  }
}

function renderBody(account: Account, { body, contentSid, contentVariables }: CreateParameters): string {
  if (contentSid === undefined) return body ?? '';
  const variables = parseVariables(contentVariables);
  return (account.contents[contentSid] ?? '').replace(/\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) => variables[name] ?? placeholder);
}

function parseVariables(text: string | undefined): Record<string, string> {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)])) : {};
  } catch {
    return {};
  }
}
