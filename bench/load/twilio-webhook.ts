import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';

/** A webhook as Twilio would send it, ready to go: signing is not part of what is measured. */
export interface SignedWebhook {
  messageSid: string;
  headers: Record<string, string>;
  body: string;
}

export interface WebhookFacts {
  accountSid: string;
  authToken: string;
  /** The address as configured at Twilio, which is what is signed. */
  url: string;
  from: string;
  to: string;
  text: string;
}

export const newMessageSid = (): string => `SM${randomBytes(16).toString('hex')}`;

/** All that Twilio posts for an SMS from a Dutch mobile phone. */
export function inboundSms({ accountSid, authToken, url, from, to, text }: WebhookFacts, messageSid = newMessageSid()): SignedWebhook {
  const parameters = {
    ToCountry: 'NL',
    ToState: '',
    ToCity: '',
    ToZip: '',
    MessageSid: messageSid,
    SmsMessageSid: messageSid,
    SmsSid: messageSid,
    SmsStatus: 'received',
    AccountSid: accountSid,
    From: from,
    To: to,
    Body: text,
    NumSegments: '1',
    NumMedia: '0',
    FromCountry: 'NL',
    FromState: '',
    FromCity: '',
    FromZip: '',
    ApiVersion: '2010-04-01',
  };
  return {
    messageSid,
    headers: {
      'user-agent': 'TwilioProxy/1.1',
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      accept: '*/*',
      'x-twilio-signature': getExpectedTwilioSignature(authToken, url, parameters),
    },
    body: new URLSearchParams(parameters).toString(),
  };
}
