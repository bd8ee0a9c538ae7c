import type { PhoneChannel } from '#domain/channel';

/** Who sends or receives: on SMS a number, short code or sender name; on WhatsApp a number or a user name. Opaque to everyone but this folder. */
export interface ChannelAddress {
  channel: PhoneChannel;
  address: string;
}

const WHATSAPP = 'whatsapp:';
/** A number, a short code, a WhatsApp user name (`NL.8997…`), or the alphanumeric name of an SMS sender. */
const SMS_ADDRESS = /^(?:\+[1-9]\d{1,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 &_+-]{0,10})$/;
const WHATSAPP_ADDRESS = /^[A-Za-z0-9+][A-Za-z0-9+._@-]{1,127}$/;

export const toTwilioAddress = ({ channel, address }: ChannelAddress): string => (channel === 'whatsapp' ? WHATSAPP + address : address);

/** null: an address of a channel nobody here serves, or no address at all. */
export function fromTwilioAddress(raw: string): ChannelAddress | null {
  if (raw.startsWith(WHATSAPP)) {
    const address = raw.slice(WHATSAPP.length);
    return WHATSAPP_ADDRESS.test(address) ? { channel: 'whatsapp', address } : null;
  }
  return SMS_ADDRESS.test(raw) ? { channel: 'sms', address: raw } : null;
}
