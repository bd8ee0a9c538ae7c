import { z } from 'zod';
import type { PhoneChannel } from '#domain/channel';
import { Failure } from '#domain/failure';
import type { InboundMessage } from '#domain/messages/inbound';
import { normaliseInboundText } from '#domain/messages/inbound-text';
import type { MessageStatus } from '#domain/messages/status';
import { MESSAGE_STATUSES } from '#domain/messages/status';
import type { ChannelAddress } from './addresses.ts';
import { fromTwilioAddress } from './addresses.ts';
import type { FormFields } from './form-body.ts';
import { inboundKindOf } from './inbound-kind.ts';
import { mediaOf } from './inbound-media.ts';

/** A customer's message as the webhook brought it, with everything needed to find whose it is. */
export interface InboundWebhook {
  accountSid: string;
  from: ChannelAddress;
  to: ChannelAddress;
  message: InboundMessage;
  /** The text was longer than is kept. */
  truncated: boolean;
  /** Twilio's own opt-out service has acted on this message. */
  optOutType?: 'STOP' | 'START' | 'HELP';
}

export interface StatusWebhook {
  accountSid: string;
  sid: string;
  channel: PhoneChannel;
  /** null: one of Twilio's statuses that no message of ours can be in; nothing to record. */
  status: MessageStatus | null;
  errorCode?: number;
}

const AccountSid = z.string().regex(/^AC[0-9a-f]{32}$/);
const MessageSid = z.string().regex(/^(?:SM|MM)[0-9a-f]{32}$/);
const Address = z.string().transform((raw, context): ChannelAddress => {
  const address = fromTwilioAddress(raw);
  if (address !== null) return address;
  context.addIssue({ code: 'custom', message: 'not an address' });
  return z.NEVER;
});
const Count = z
  .string()
  .regex(/^\d{1,2}$/)
  .transform(Number);
const Code = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);

/** Names and limits only for what is read: Twilio adds fields without notice. */
const InboundParams = z.looseObject({
  AccountSid,
  MessageSid,
  SmsSid: z.string().optional(),
  SmsMessageSid: z.string().optional(),
  SmsStatus: z.enum(['received', 'receiving']).optional(),
  MessageStatus: z.undefined().optional(),
  From: Address,
  To: Address,
  Body: z.string(),
  NumMedia: Count.default(0),
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional().catch(undefined),
});

const StatusParams = z.looseObject({
  AccountSid,
  MessageSid,
  SmsSid: z.string().optional(),
  MessageStatus: z.string().max(30),
  To: Address,
  ErrorCode: Code.optional().catch(undefined),
});

/** For finding the token to check the signature with; nothing else of the form is believed before that. @throws Failure `webhook.invalid`. */
export function accountSidOf(fields: FormFields): string {
  const parsed = AccountSid.safeParse(fields['AccountSid']);
  if (!parsed.success) throw invalid(['AccountSid']);
  return parsed.data;
}

/** @throws Failure `webhook.invalid`, naming the fields and never their values. */
export function parseInboundWebhook(fields: FormFields, { receivedAtMs }: { receivedAtMs: number }): InboundWebhook {
  const parsed = InboundParams.safeParse(fields);
  if (!parsed.success) throw invalid(parsed.error.issues.map(({ path }) => String(path[0])));
  const { AccountSid: accountSid, MessageSid: messageId, SmsSid, SmsMessageSid, From: from, To: to, Body, NumMedia, OptOutType: optOutType } = parsed.data;
  // Twilio repeats the sid; a form whose boundaries were shifted does not.
  if ((SmsSid ?? messageId) !== messageId || (SmsMessageSid ?? messageId) !== messageId) throw invalid(['MessageSid']);
  if (from.channel !== to.channel) throw invalid(['To']);

  const { text, truncated } = normaliseInboundText(Body);
  const media = mediaOf(fields, NumMedia);
  const location = locationOf(fields);
  const buttonPayload = textOf(fields['ButtonPayload'] || fields['ListId'], 256);
  const profileName = textOf(fields['ProfileName'], 100);
  const kind = inboundKindOf(fields, {
    hasText: text.trim() !== '',
    hasMedia: media.length > 0,
    hasLocation: location !== undefined,
    hasButton: buttonPayload !== undefined,
  });
  const message: InboundMessage = {
    messageId,
    text,
    media,
    receivedAtMs,
    kind,
    ...(profileName !== undefined && { profileName }),
    ...(buttonPayload !== undefined && { buttonPayload }),
    ...(location !== undefined && { location }),
  };
  return { accountSid, from, to, message, truncated, ...(optOutType !== undefined && { optOutType }) };
}

/** @throws Failure `webhook.invalid`, naming the fields and never their values. */
export function parseStatusWebhook(fields: FormFields): StatusWebhook {
  const parsed = StatusParams.safeParse(fields);
  if (!parsed.success) throw invalid(parsed.error.issues.map(({ path }) => String(path[0])));
  const { AccountSid: accountSid, MessageSid: sid, SmsSid, MessageStatus, To: to, ErrorCode: errorCode } = parsed.data;
  if ((SmsSid ?? sid) !== sid) throw invalid(['MessageSid']);

  const status = MESSAGE_STATUSES.find((known) => known === MessageStatus && known !== 'received') ?? null;
  return { accountSid, sid, channel: to.channel, status, ...(errorCode !== undefined && { errorCode }) };
}

function locationOf(fields: FormFields): InboundMessage['location'] {
  const latitude = degrees(fields['Latitude'], 90);
  const longitude = degrees(fields['Longitude'], 180);
  if (latitude === undefined || longitude === undefined) return undefined;
  const label = textOf(fields['Label'] || fields['Address'], 200);
  return { latitude, longitude, ...(label !== undefined && { label }) };
}

function degrees(raw: string | undefined, most: number): number | undefined {
  if (raw === undefined || !/^-?\d{1,3}(?:\.\d{1,20})?$/.test(raw)) return undefined;
  return Math.abs(Number(raw)) <= most ? Number(raw) : undefined;
}

/** One line of text a person chose, or undefined when there is none. */
function textOf(raw: string | undefined, most: number): string | undefined {
  const { text } = normaliseInboundText(raw ?? '');
  return text.replace(/\s+/g, ' ').trim().slice(0, most) || undefined;
}

const invalid = (names: readonly string[]): Failure =>
  new Failure('invalid', 'webhook.invalid', `The form is not a Twilio webhook: ${[...new Set(names)].sort().join(', ')}.`, {
    fields: [...new Set(names)].sort(),
  });
