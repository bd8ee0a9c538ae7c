import type { FormFields } from '#providers/twilio/form-body';

export const ACCOUNT_SID = `AC${'0'.repeat(31)}1`;
export const MESSAGE_SID = `SM${'a'.repeat(32)}`;

/** An SMS as Twilio posts it; what is given replaces or adds fields, and undefined leaves one out. */
export function anInboundForm(changes: Record<string, string | undefined> = {}): FormFields {
  return without({
    ToCountry: 'NL',
    SmsMessageSid: MESSAGE_SID,
    NumMedia: '0',
    FromZip: '',
    SmsSid: MESSAGE_SID,
    SmsStatus: 'received',
    Body: 'Hoi',
    To: '+3197010200001',
    NumSegments: '1',
    MessageSid: MESSAGE_SID,
    AccountSid: ACCOUNT_SID,
    From: '+31612345678',
    ApiVersion: '2010-04-01',
    ...changes,
  });
}

export const aWhatsAppForm = (changes: Record<string, string | undefined> = {}): FormFields =>
  anInboundForm({ From: 'whatsapp:+31612345678', To: 'whatsapp:+3197010200001', ProfileName: 'Jan', WaId: '31612345678', MessageType: 'text', ...changes });

export const aStatusForm = (changes: Record<string, string | undefined> = {}): FormFields =>
  without({
    SmsSid: MESSAGE_SID,
    SmsStatus: 'delivered',
    MessageStatus: 'delivered',
    To: '+31612345678',
    MessageSid: MESSAGE_SID,
    AccountSid: ACCOUNT_SID,
    From: '+3197010200001',
    ApiVersion: '2010-04-01',
    ...changes,
  });

export const encodeForm = (fields: FormFields): string => new URLSearchParams(fields).toString();

function without(fields: Record<string, string | undefined>): FormFields {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
