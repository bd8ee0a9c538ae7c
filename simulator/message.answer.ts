import { rfc2822 } from './clock.ts';
import type { Media } from './media.state.ts';
import type { Message } from './messages.state.ts';

export function messageUri({ accountSid, sid }: Pick<Message, 'accountSid' | 'sid'>): string {
  return `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`;
}

/** A message as the REST API prints it: counts are texts, dates RFC 2822, the price unknown until billing. */
export function messageAnswer(message: Message) {
  const uri = messageUri(message);
  return {
    account_sid: message.accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.dateCreated),
    date_sent: message.dateSent && rfc2822(message.dateSent),
    date_updated: rfc2822(message.dateUpdated),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: message.errorMessage,
    from: message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(message.mediaSids.length),
    num_segments: String(message.numSegments),
    price: null,
    price_unit: message.from === null ? null : 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

export function mediaAnswer(media: Media) {
  return {
    account_sid: media.accountSid,
    content_type: media.contentType,
    date_created: rfc2822(media.dateCreated),
    date_updated: rfc2822(media.dateUpdated),
    parent_sid: media.parentSid,
    sid: media.sid,
    uri: `${messageUri({ accountSid: media.accountSid, sid: media.parentSid })}/Media/${media.sid}.json`,
  };
}
