import { createHash } from 'node:crypto';
import { bareAddress, countryOf, isE164 } from './addresses.ts';
import type { InboundRequest } from './inbound.request.ts';
import type { Media } from './media.state.ts';
import { messageUri } from './message.answer.ts';
import type { Message } from './messages.state.ts';
import { isWhatsApp } from './messages.state.ts';

/** Everything Twilio posts for an inbound message, in its order of appearance. */
export function inboundParameters(simulatorUrl: string, message: Message, media: readonly Media[]): [string, string][] {
  return [
    ...(isWhatsApp(message) ? [] : placeParameters('To', message.to)),
    ...Object.entries(message.channelFacts ?? {}),
    ['MessageSid', message.sid],
    ['SmsMessageSid', message.sid],
    ['SmsSid', message.sid],
    ['SmsStatus', 'received'],
    ['AccountSid', message.accountSid],
    ['From', message.from ?? ''],
    ['To', message.to],
    ['Body', message.body],
    ['NumSegments', String(message.numSegments)],
    ['NumMedia', String(media.length)],
    ...media.flatMap((one, index): [string, string][] => [
      [`MediaContentType${index}`, one.contentType],
      [`MediaUrl${index}`, `${simulatorUrl}${messageUri(message)}/Media/${one.sid}`],
    ]),
    ...(isWhatsApp(message) ? [] : placeParameters('From', message.from ?? '')),
    ...(message.messagingServiceSid ? [['MessagingServiceSid', message.messagingServiceSid] as [string, string]] : []),
    ['ApiVersion', '2010-04-01'],
  ];
}

/** What only WhatsApp adds: who writes, what kind of message it is, buttons, lists and places. */
export function whatsAppFacts(request: InboundRequest, firstContentType: string | undefined): Record<string, string> {
  const person = bareAddress(request.from);
  const waId = isE164(person) ? person.slice(1) : undefined;
  const profileName = request.profileName ?? '';
  const facts: Record<string, string | undefined> = {
    ProfileName: profileName,
    WaId: waId,
    Username: request.username,
    ExternalUserId: waId ? externalUserId(person) : request.from,
    ChannelMetadata: JSON.stringify({ type: 'whatsapp', data: { context: { ProfileName: profileName, ...(waId ? { WaId: waId } : {}) } } }),
    MessageType: request.messageType ?? messageType(request, firstContentType),
    ButtonText: request.buttonText,
    ButtonPayload: request.buttonPayload,
    ListId: request.listId,
    ListTitle: request.listTitle,
    Latitude: request.latitude?.toString(),
    Longitude: request.longitude?.toString(),
    Address: request.address,
    Label: request.label,
    OriginalRepliedMessageSid: request.repliedToSid,
    OriginalRepliedMessageSender: request.repliedToSid ? request.to : undefined,
    Forwarded: request.forwarded ? 'true' : undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== undefined));
}

function messageType(request: InboundRequest, contentType: string | undefined): string {
  if (request.latitude !== undefined) return 'location';
  if (request.buttonPayload !== undefined || request.listId !== undefined) return 'interactive';
  const kind = contentType?.split('/')[0];
  if (kind === undefined) return 'text';
  return ['image', 'audio', 'video'].includes(kind) ? kind : 'document';
}

function externalUserId(person: string): string {
  const digits = BigInt(`0x${createHash('sha256').update(person).digest('hex').slice(0, 12)}`);
  return `whatsapp:${countryOf(person) || 'XX'}.${digits}`;
}

/** Twilio sends all four, mostly empty; the country is the one it always knows. */
function placeParameters(side: 'From' | 'To', address: string): [string, string][] {
  return [
    [`${side}Country`, countryOf(address)],
    [`${side}State`, ''],
    [`${side}City`, ''],
    [`${side}Zip`, ''],
  ];
}
