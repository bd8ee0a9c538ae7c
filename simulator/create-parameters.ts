import type { FormParameters } from './signature.ts';

/** What `POST Messages.json` understands; names the official API has but this simulator only stores are in `IGNORED`. */
export interface CreateParameters {
  to: string;
  from?: string;
  messagingServiceSid?: string;
  body?: string;
  mediaUrls: string[];
  contentSid?: string;
  contentVariables?: string;
  statusCallback?: string;
  sendAt?: string;
  scheduleType?: string;
}

const USED = new Set(['To', 'From', 'MessagingServiceSid', 'Body', 'MediaUrl', 'ContentSid', 'ContentVariables', 'StatusCallback', 'SendAt', 'ScheduleType']);
const IGNORED = new Set([
  'ApplicationSid',
  'MaxPrice',
  'ProvideFeedback',
  'Attempt',
  'ValidityPeriod',
  'ForceDelivery',
  'ContentRetention',
  'AddressRetention',
  'SmartEncoded',
  'PersistentAction',
  'TrafficType',
  'ShortenUrls',
  'SendAsMms',
  'MessageIntent',
  'RiskCheck',
  'FallbackFrom',
]);

/** Form text → parameters with all values of repeated names, in order. */
export function parseForm(text: string): FormParameters {
  const form = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) form.set(name, [...(form.get(name) ?? []), value]);
  return form;
}

export function readCreateParameters(form: FormParameters): CreateParameters {
  const one = (name: string) => {
    const value = form.get(name)?.at(-1);
    return value === undefined || value === '' ? undefined : value;
  };
  return {
    to: one('To') ?? '',
    from: one('From'),
    messagingServiceSid: one('MessagingServiceSid'),
    body: one('Body'),
    mediaUrls: [...(form.get('MediaUrl') ?? [])].filter((url) => url !== ''),
    contentSid: one('ContentSid'),
    contentVariables: one('ContentVariables'),
    statusCallback: one('StatusCallback'),
    sendAt: one('SendAt'),
    scheduleType: one('ScheduleType'),
  };
}

/** Names no version of Twilio's message API has. */
export function unknownParameters(form: FormParameters): string[] {
  return [...form.keys()].filter((name) => !USED.has(name) && !IGNORED.has(name));
}
