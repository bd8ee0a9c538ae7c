export const CHANNELS = ['sms', 'whatsapp', 'web'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Channels whose messages travel through Twilio. */
export type PhoneChannel = Exclude<Channel, 'web'>;

export const isPhoneChannel = (channel: Channel): channel is PhoneChannel => channel !== 'web';
