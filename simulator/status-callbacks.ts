import { createHash, randomUUID } from 'node:crypto';
import { bareAddress } from './addresses.ts';
import { submitToFault } from './faulty-delivery.ts';
import { outboundIdOf } from './ledger.ts';
import type { Message } from './messages.state.ts';
import { isWhatsApp } from './messages.state.ts';
import { sendWebhook } from './webhook.sender.ts';
import type { World } from './world.ts';

const EVENT_TYPES: Readonly<Record<string, string>> = { delivered: 'DELIVERED', read: 'READ', undelivered: 'UNDELIVERED' };

/** Tells the sender about the status the message has now; later changes of the message do not alter this call. */
export async function callBackStatus(world: World, message: Message): Promise<void> {
  const account = world.accounts.find(message.accountSid);
  if (!message.statusCallback || !account) return;

  const subject = { to: message.to, from: message.from ?? undefined, accountSid: message.accountSid, status: message.status };
  const fault = world.faults.strike('callbacks', subject);
  const facts = {
    to: message.to,
    from: message.from ?? undefined,
    status: message.status,
    statusCallback: message.statusCallback,
    outboundId: outboundIdOf(message.statusCallback),
  };
  const call = {
    kind: 'status' as const,
    accountSid: message.accountSid,
    authToken: account.authToken,
    sid: message.sid,
    url: message.statusCallback,
    parameters: callbackParameters(message, world.clock.now()),
    idempotencyToken: randomUUID(),
    facts,
    ...(fault ? { fault } : {}),
  };
  await world.timers.sleep(world.settings.current.callbackLagMs);
  const times = await submitToFault(world, fault, message.sid);
  if (times === 0) world.ledger.append({ kind: 'callback.dropped', accountSid: message.accountSid, sid: message.sid, faulted: 'drop', ...facts });
  await Promise.all(Array.from({ length: times }, () => sendWebhook(world, call)));
  if (fault?.kind !== 'reorder') world.held.passed(message.sid);
}

export function callbackParameters(message: Message, now: Date): [string, string][] {
  const parameters: [string, string][] = [
    ['SmsSid', message.sid],
    ['SmsStatus', message.status],
    ['MessageStatus', message.status],
    ['MessageSid', message.sid],
    ['To', message.to],
    ['From', message.from ?? ''],
    ['AccountSid', message.accountSid],
    ['ApiVersion', '2010-04-01'],
  ];
  if (message.messagingServiceSid) parameters.push(['MessagingServiceSid', message.messagingServiceSid]);
  if (message.errorCode !== null) {
    parameters.push(['ErrorCode', String(message.errorCode)]);
    if (message.errorMessage) parameters.push(['ErrorMessage', message.errorMessage]);
  }
  if (isWhatsApp(message)) parameters.push(...whatsAppParameters(message));
  else if (message.status === 'delivered' || message.status === 'undelivered') parameters.push(['RawDlrDoneDate', shortDate(now)]);
  return parameters;
}

function whatsAppParameters(message: Message): [string, string][] {
  const install = createHash('md5')
    .update(`${message.accountSid} ${message.from ?? ''}`)
    .digest('hex');
  const parameters: [string, string][] = [
    ['ChannelPrefix', 'whatsapp'],
    ['ChannelInstallSid', `XE${install}`],
    ['ChannelToAddress', `${bareAddress(message.to).slice(0, -4)}XXXX`],
    ['StructuredMessage', 'false'],
  ];
  const eventType = EVENT_TYPES[message.status];
  if (eventType) parameters.push(['EventType', eventType]);
  return parameters;
}

/** YYMMDDhhmm in UTC, as carriers' delivery reports have it. */
function shortDate(date: Date): string {
  return date.toISOString().replace(/[-T:]/g, '').slice(2, 12);
}
