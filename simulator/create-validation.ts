import type { Account } from './accounts.state.ts';
import { bareAddress, channelOf, isE164, isWhatsAppUserId } from './addresses.ts';
import type { CreateParameters } from './create-parameters.ts';
import type { TwilioError } from './twilio.errors.ts';
import { badRequest } from './twilio.errors.ts';
import type { World } from './world.ts';

const MAX_CHARACTERS = 1_600;
const MAX_MEDIA = 10;
const MAX_URL_CHARACTERS = 4_000;

/** Twilio's test numbers and what sending to or from them answers; any account may use them. */
export const MAGIC_SENDER = '+15005550006';
const MAGIC_TO: Readonly<Record<string, [number, string]>> = {
  '+15005550001': [21211, "Invalid 'To' Phone Number: +1500555XXXX"],
  '+15005550002': [21612, "The 'To' phone number is not currently reachable via SMS"],
  '+15005550003': [21408, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"],
  '+15005550004': [21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [21614, "'To' number is not a valid mobile number"],
};
const MAGIC_FROM: Readonly<Record<string, [number, string]>> = {
  '+15005550001': [21212, "Invalid 'From' Phone Number: +1500555XXXX"],
  '+15005550007': [21606, "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination."],
  '+15005550008': [21611, "This 'From' number has exceeded the maximum number of queued messages"],
};

/** The error Twilio answers these parameters with, or undefined when it takes the message. */
export function refusalOf(world: World, account: Account, parameters: CreateParameters): TwilioError | undefined {
  return (
    checkContent(account, parameters) ??
    checkRecipient(parameters) ??
    checkSender(account, parameters) ??
    checkPair(world, parameters) ??
    checkSchedule(world, parameters)
  );
}

function checkContent(account: Account, { body, mediaUrls, contentSid, contentVariables, statusCallback }: CreateParameters): TwilioError | undefined {
  if (contentSid !== undefined && account.contents[contentSid] === undefined) return badRequest(21655, 'The ContentSid is Invalid');
  if (contentVariables !== undefined && !isJsonObject(contentVariables)) return badRequest(21656, 'The ContentVariables Parameter is invalid.');
  if (body === undefined && mediaUrls.length === 0 && contentSid === undefined)
    return badRequest(21619, 'A text message body or media urls must be specified.');
  if (body !== undefined && body.length > MAX_CHARACTERS) return badRequest(21617, 'The concatenated message body exceeds the 1600 character limit');
  if (mediaUrls.length > MAX_MEDIA) return badRequest(21623, 'Number of media files exceeds allowed limit');
  if (!mediaUrls.every(isHttpUrl)) return badRequest(21620, 'Invalid media URL(s)');
  if (statusCallback !== undefined && !isHttpUrl(statusCallback)) return badRequest(21609, `The 'StatusCallback' URL ${statusCallback} is not a valid URL.`);
  return undefined;
}

function checkRecipient({ to }: CreateParameters): TwilioError | undefined {
  if (to === '') return badRequest(21604, "A 'To' phone number is required.");
  const magic = MAGIC_TO[bareAddress(to)];
  if (magic) return badRequest(...magic);
  const valid = channelOf(to) === 'whatsapp' ? isE164(bareAddress(to)) || isWhatsAppUserId(bareAddress(to)) : isE164(to);
  return valid ? undefined : badRequest(21211, `Invalid 'To' Phone Number: ${masked(to)}`);
}

function checkSender(account: Account, { from, messagingServiceSid }: CreateParameters): TwilioError | undefined {
  if (messagingServiceSid !== undefined) {
    const known = account.messagingServices.some(({ sid }) => sid === messagingServiceSid);
    if (!known) return badRequest(21705, `The Messaging Service Sid ${messagingServiceSid} is invalid.`);
    if (from === undefined) return undefined;
  }
  if (from === undefined) return badRequest(21603, "A 'From' phone number is required.");
  if (from === MAGIC_SENDER) return undefined;
  const magic = MAGIC_FROM[from];
  if (magic) return badRequest(...magic);

  const number = account.numbers.find(({ e164 }) => e164 === bareAddress(from));
  if (channelOf(from) === 'whatsapp') {
    const registered = number?.channels.includes('whatsapp');
    return registered ? undefined : badRequest(63007, 'Twilio could not find a Channel with the specified From address');
  }
  if (!isE164(from)) return badRequest(21212, `Invalid 'From' Phone Number: ${masked(from)}`);
  if (!number) return badRequest(21659, `'From' ${from} is not a Twilio phone number or Short Code country mismatch`);
  return number.channels.includes('sms')
    ? undefined
    : badRequest(21606, "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination.");
}

function checkPair(world: World, { to, from }: CreateParameters): TwilioError | undefined {
  if (from === undefined) return undefined;
  if (channelOf(to) !== channelOf(from)) return badRequest(21910, 'Invalid From and To pair. From and To should be of the same channel');
  if (to === from && from !== MAGIC_SENDER) return badRequest(21266, "'To' and 'From' number cannot be the same");
  return world.optOuts.has(to, from) ? badRequest(21610, 'Attempt to send to unsubscribed recipient') : undefined;
}

function checkSchedule(world: World, { sendAt, scheduleType, messagingServiceSid }: CreateParameters): TwilioError | undefined {
  if (sendAt === undefined && scheduleType === undefined) return undefined;
  if (messagingServiceSid === undefined) return badRequest(35118, 'MessagingServiceSid is required to schedule a message');
  if (sendAt === undefined) return badRequest(35111, 'SendAt is required to schedule a message');
  const aheadMs = Date.parse(sendAt) - world.clock.now().getTime();
  const allowed = aheadMs >= 900_000 - 1_000 && aheadMs <= 35 * 86_400_000;
  return allowed ? undefined : badRequest(35114, 'SendAt time must be between 900 seconds and 35 days in the future');
}

function isHttpUrl(text: string): boolean {
  return text.length <= MAX_URL_CHARACTERS && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isJsonObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

/** The shape of an address with its last digits hidden, as Twilio prints them in errors. */
function masked(address: string): string {
  return address.length > 6 ? `${address.slice(0, -4)}XXXX` : address;
}
