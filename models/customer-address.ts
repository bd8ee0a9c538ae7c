import type { CountryCode } from 'libphonenumber-js/min';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Channel } from '#domain/channel';
import { isPhoneChannel } from '#domain/channel';

const WHATSAPP = /^whatsapp:/i;

/** What makes two addresses the same person: SMS and WhatsApp share the phone, a web visitor is only themself. */
export const personBehind = (channel: Channel, address: string): string => (isPhoneChannel(channel) ? `phone:${withoutScheme(address)}` : `web:${address}`);

/** The phone in E.164; undefined on channels without one. */
export const phoneOf = (channel: Channel, address: string): string | undefined => (isPhoneChannel(channel) ? withoutScheme(address) : undefined);

/** E.164 of a number as people write it; undefined when it is none. */
export const normalizedPhone = (raw: string, country: CountryCode): string | undefined => {
  const parsed = parsePhoneNumberFromString(withoutScheme(raw.trim()), country);
  return parsed?.isPossible() ? parsed.number : undefined;
};

export const normalizedEmail = (raw: string): string => raw.trim().normalize('NFKC').toLowerCase();

const withoutScheme = (address: string): string => address.replace(WHATSAPP, '');
