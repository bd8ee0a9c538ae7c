import { messageUri } from './message.answer.ts';
import type { Message } from './messages.state.ts';

/** A message for the phone page: plain fields, ISO dates, media as paths below the simulator that need no credentials. */
export function messageView(message: Message) {
  return {
    sid: message.sid,
    accountSid: message.accountSid,
    direction: message.direction,
    from: message.from,
    to: message.to,
    body: message.body,
    status: message.status,
    errorCode: message.errorCode,
    errorMessage: message.errorMessage,
    media: message.mediaSids.map((sid) => ({ sid, path: `/_sim/media/${message.sid}/${sid}`, uri: `${messageUri(message)}/Media/${sid}` })),
    createdAt: message.dateCreated.toISOString(),
    sentAt: message.dateSent?.toISOString() ?? null,
    updatedAt: message.dateUpdated.toISOString(),
  };
}
