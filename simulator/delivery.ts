import { channelOf } from './addresses.ts';
import { messageView } from './message.view.ts';
import type { Message, MessageStatus } from './messages.state.ts';
import { isFinal, isWhatsApp } from './messages.state.ts';
import { attachOutboundMedia } from './outbound-media.ts';
import { segmentsOn } from './segments.ts';
import { callBackStatus } from './status-callbacks.ts';
import { DELIVERY_ERRORS } from './twilio.errors.ts';
import type { World } from './world.ts';

const WHATSAPP_PER_SECOND = 80;

/** Takes an accepted message through queued, sending, sent and delivered, or to its failure, with a callback for each step. */
export async function deliver(world: World, message: Message): Promise<void> {
  const stepMs = world.settings.current.statusDelayMs;
  if (message.status === 'accepted' && !(await chooseSender(world, message))) return;

  const queuedMs = queueDelay(world, message);
  if (queuedMs === undefined) return void (await after(world, stepMs, () => fail(world, message, 63018)));
  await world.timers.sleep(queuedMs + stepMs);
  const trouble = (await attachOutboundMedia(world, message)) ?? whatsAppTrouble(world, message);
  if (trouble !== undefined) return fail(world, message, trouble);

  await setStatus(world, message, 'sending');
  const fault = world.faults.strike('delivery', { to: message.to, from: message.from ?? undefined, accountSid: message.accountSid });
  if (fault?.kind === 'fail') return after(world, stepMs, () => fail(world, message, fault.errorCode ?? 30008));

  await after(world, stepMs, () => setStatus(world, message, 'sent'));
  if (fault?.kind === 'undelivered') return after(world, stepMs, () => fail(world, message, fault.errorCode ?? 30003, 'undelivered'));
  await after(world, stepMs + (fault?.kind === 'delay' ? (fault.ms ?? 1_000) : 0), () => setStatus(world, message, 'delivered'));
  if (isWhatsApp(message) && (message.readWhenDelivered || world.settings.current.autoRead)) {
    await after(world, message.readWhenDelivered ? 0 : world.settings.current.readDelayMs, () => setStatus(world, message, 'read'));
  }
}

/** The next status of a message on its way; ignored when it has reached its end, was redacted away or the world was reset. */
export async function setStatus(world: World, message: Message, status: MessageStatus, error?: DeliveryError): Promise<void> {
  if (world.messages.find(message.sid) !== message) return;
  const mayFollow = status === 'read' ? message.status === 'delivered' : !isFinal(message) && message.status !== status;
  if (mayFollow) putStatus(world, message, status, error);
}

export interface DeliveryError {
  code: number;
  message: string | null;
}

/** Changes a status, whatever it was, and calls back without waiting for the callback's answer, as Twilio's pipeline does. */
export function putStatus(world: World, message: Message, status: MessageStatus, error?: DeliveryError): void {
  const now = world.clock.now();
  message.status = status;
  message.dateUpdated = now;
  if (status === 'sent' || (status === 'delivered' && message.dateSent === null)) message.dateSent = now;
  if (error) {
    message.errorCode = error.code;
    message.errorMessage = error.message;
  }
  world.ledger.append({
    kind: 'message.status',
    accountSid: message.accountSid,
    sid: message.sid,
    to: message.to,
    from: message.from ?? undefined,
    status,
    ...(error ? { errorCode: error.code } : {}),
  });
  world.activity.publish('message.status', messageView(message));
  world.timers.background(callBackStatus(world, { ...message }));
}

function fail(world: World, message: Message, code: number, status: 'failed' | 'undelivered' = 'failed'): Promise<void> {
  return setStatus(world, message, status, { code, message: DELIVERY_ERRORS[code] ?? null });
}

async function after(world: World, ms: number, step: () => Promise<void>): Promise<void> {
  await world.timers.sleep(ms);
  await step();
}

/** A Messaging Service names the sender only after accepting; an empty pool fails with 21703. */
async function chooseSender(world: World, message: Message): Promise<boolean> {
  const service = world.accounts.find(message.accountSid)?.messagingServices.find(({ sid }) => sid === message.messagingServiceSid);
  const sender = service?.senders.find((candidate) => channelOf(candidate) === channelOf(message.to));
  await world.timers.sleep(world.settings.current.statusDelayMs);
  if (!sender) {
    await fail(world, message, 21703);
    return false;
  }
  message.from = sender;
  message.numSegments = segmentsOn(message.to, message.body);
  await setStatus(world, message, 'queued');
  return true;
}

/** Milliseconds until the sender's next free slot; undefined when WhatsApp refuses because the sender is over its rate. */
function queueDelay(world: World, message: Message): number | undefined {
  const account = world.accounts.find(message.accountSid);
  const rate = account && message.from ? world.accounts.numberOf(account, message.from)?.messagesPerSecond : undefined;
  const sender = message.from ?? '';
  if (isWhatsApp(message)) return world.pacing.take(sender, rate ?? WHATSAPP_PER_SECOND) ? 0 : undefined;
  return rate === undefined ? 0 : world.pacing.reserve(sender, rate);
}

function whatsAppTrouble(world: World, message: Message): number | undefined {
  if (!isWhatsApp(message)) return undefined;
  if (message.contentSid) return /\{\{\s*\w+\s*\}\}/.test(message.body) ? 63028 : undefined;
  return world.window.isOpen(message.to, message.from ?? '', world.clock.now()) ? undefined : 63016;
}
