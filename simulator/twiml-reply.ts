import { deliver } from './delivery.ts';
import type { PostResult } from './http.post.ts';
import type { Message } from './messages.state.ts';
import { insertMessage } from './send-message.ts';
import type { World } from './world.ts';
import type { XmlElement } from './xml.parser.ts';
import { elementsOf, parseXml, textOf, XmlError } from './xml.parser.ts';

const MAX_TWIML_BYTES = 64 * 1_024;
const LOOP_WINDOW_MS = 30_000;
const LOOP_REPLIES = 15;

/** Carries out what our webhook answered: `<Message>` verbs and plain text become replies; mistakes get Twilio's error in the ledger. */
export function runTwiml(world: World, inbound: Message, answer: PostResult): void {
  const { replies, unknownVerbs, errorCode } = readAnswer(answer);
  for (const verb of unknownVerbs) world.gaps.record({ method: 'TwiML', path: `<${verb}>` });
  for (const reply of replies) sendReply(world, inbound, reply);
  if (errorCode !== undefined) report(world, inbound, errorCode);
}

interface AnswerRead {
  replies: Reply[];
  unknownVerbs: string[];
  errorCode?: number;
}

function readAnswer({ body, headers }: PostResult): AnswerRead {
  const nothing = { replies: [], unknownVerbs: [] };
  const contentType = headers['content-type'] ?? '';
  if (body.trim() === '') return nothing;
  if (Buffer.byteLength(body) > MAX_TWIML_BYTES) return { ...nothing, errorCode: 11750 };
  if (contentType.startsWith('text/plain')) return { ...nothing, replies: [{ body, mediaUrls: [] }] };
  if (!/^(text|application)\/(xml|html)/.test(contentType)) return { ...nothing, errorCode: 12300 };

  try {
    const root = parseXml(body);
    if (root.name !== 'Response') return { ...nothing, errorCode: 12100 };
    const verbs = elementsOf(root);
    return {
      replies: verbs.filter(({ name }) => name === 'Message').map(readMessage),
      unknownVerbs: verbs.filter(({ name }) => name !== 'Message').map(({ name }) => name),
    };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return { ...nothing, errorCode: 12100 };
  }
}

function readMessage(verb: XmlElement): Reply {
  const parts = elementsOf(verb);
  const bodies = parts.filter(({ name }) => name === 'Body').map(textOf);
  return {
    body: bodies.length > 0 ? bodies.join('') : textOf(verb).trim(),
    mediaUrls: parts.filter(({ name }) => name === 'Media').map((media) => textOf(media).trim()),
    to: verb.attributes['to'],
    from: verb.attributes['from'],
    statusCallback: verb.attributes['statusCallback'] ?? verb.attributes['action'],
  };
}

interface Reply {
  body: string;
  mediaUrls: string[];
  to?: string;
  from?: string;
  statusCallback?: string;
}

function sendReply(world: World, inbound: Message, { body, mediaUrls, to, from, statusCallback }: Reply): void {
  const recipient = to ?? inbound.from ?? '';
  const sender = from ?? inbound.to;
  const errorCode = world.optOuts.has(recipient, sender) ? 21610 : isLooping(world, recipient, sender) ? 14107 : undefined;
  if (errorCode !== undefined) {
    report(world, inbound, errorCode);
    return;
  }
  const message = insertMessage(world, {
    accountSid: inbound.accountSid,
    messagingServiceSid: inbound.messagingServiceSid,
    from: sender,
    to: recipient,
    body,
    direction: 'outbound-reply',
    status: 'queued',
    mediaUrls,
    ...(statusCallback ? { statusCallback } : {}),
  });
  world.ledger.append({ kind: 'message.twiml-reply', accountSid: message.accountSid, sid: message.sid, to: recipient, from: sender, body });
  world.timers.background(deliver(world, message));
}

/** Twilio's guard against two machines talking: more than 15 replies in 30 s to the same person. */
function isLooping(world: World, recipient: string, sender: string): boolean {
  const since = Date.now() - LOOP_WINDOW_MS;
  const recent = world.messages
    .thread(recipient)
    .filter(({ direction, from, storedAtMs }) => direction === 'outbound-reply' && from === sender && storedAtMs > since);
  return recent.length >= LOOP_REPLIES;
}

function report(world: World, inbound: Message, errorCode: number): void {
  world.ledger.append({ kind: 'webhook.error', accountSid: inbound.accountSid, sid: inbound.sid, to: inbound.to, from: inbound.from ?? undefined, errorCode });
}
