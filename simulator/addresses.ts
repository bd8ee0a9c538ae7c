import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

export type Channel = 'sms' | 'whatsapp';

const WHATSAPP = 'whatsapp:';
const E164 = /^\+[1-9]\d{6,14}$/;

export function channelOf(address: string): Channel {
  return address.startsWith(WHATSAPP) ? 'whatsapp' : 'sms';
}

/** The address without its channel prefix: `whatsapp:+3161…` → `+3161…`. */
export function bareAddress(address: string): string {
  return address.startsWith(WHATSAPP) ? address.slice(WHATSAPP.length) : address;
}

export function addressOn(channel: Channel, address: string): string {
  return channel === 'whatsapp' ? WHATSAPP + bareAddress(address) : bareAddress(address);
}

export function isE164(address: string): boolean {
  return E164.test(address);
}

/** A WhatsApp person who hides the number: two letters, a dot and digits (`NL.8997…`). */
export function isWhatsAppUserId(address: string): boolean {
  return /^[A-Z]{2}\.\d+$/.test(address);
}

/** ISO country of a number, or an empty text, which is what Twilio sends when it does not know. */
export function countryOf(e164: string): string {
  return parsePhoneNumberFromString(e164)?.country ?? '';
}
