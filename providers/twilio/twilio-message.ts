import { z } from 'zod';
import type { PhoneChannel } from '#domain/channel';
import { fromTwilioAddress } from './addresses.ts';

/** A message as Twilio lists it, with addresses as the domain knows them. */
export interface TwilioMessage {
  sid: string;
  direction: 'inbound' | 'outbound';
  channel: PhoneChannel;
  /** null: sent through a messaging service that has not chosen a number yet. */
  from: string | null;
  to: string;
  body: string;
  /** In Twilio's words. */
  status: string;
  errorCode: number | null;
  numMedia: number;
  createdAt: Date;
}

const ListedMessage = z.object({
  sid: z.string(),
  direction: z.string(),
  from: z.string().nullish(),
  to: z.string(),
  body: z.string().nullish(),
  status: z.string(),
  errorCode: z.number().nullish(),
  numMedia: z.coerce.number().catch(0),
  dateCreated: z.date(),
});

/** Picks what we use of the SDK's message; null when it is on a channel nobody here serves, or not a message at all. */
export function readTwilioMessage(instance: unknown): TwilioMessage | null {
  const parsed = ListedMessage.safeParse(instance);
  if (!parsed.success) return null;
  const { sid, direction, from, to, body, status, errorCode, numMedia, dateCreated } = parsed.data;

  const receiver = fromTwilioAddress(to);
  if (receiver === null) return null;
  return {
    sid,
    direction: direction === 'inbound' ? 'inbound' : 'outbound',
    channel: receiver.channel,
    from: from ? (fromTwilioAddress(from)?.address ?? from) : null,
    to: receiver.address,
    body: body ?? '',
    status,
    errorCode: errorCode ?? null,
    numMedia,
    createdAt: dateCreated,
  };
}
