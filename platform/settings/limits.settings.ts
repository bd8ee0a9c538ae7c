import { setting, wholeNumber } from './setting.ts';

export const LIMITS_SETTINGS = {
  inboundPerMinute: setting({
    env: 'INBOUND_PER_MINUTE',
    group: 'Limits',
    about: 'Messages one phone may send a business in a minute before it is asked to slow down.',
    schema: wholeNumber(1, 100_000).default(50),
  }),
  chatSessionsPerMinute: setting({
    env: 'CHAT_SESSIONS_PER_MINUTE',
    group: 'Limits',
    about: 'Web chat sessions one IP address may open in a minute.',
    schema: wholeNumber(1, 100_000).default(20),
  }),
  chatSendsPerMinute: setting({
    env: 'CHAT_SENDS_PER_MINUTE',
    group: 'Limits',
    about: 'Web chat messages one visitor may send in a minute.',
    schema: wholeNumber(1, 100_000).default(30),
  }),
  chatSendsPerMinutePerIp: setting({
    env: 'CHAT_SENDS_PER_MINUTE_PER_IP',
    group: 'Limits',
    about: 'Web chat messages one IP address may send in a minute.',
    schema: wholeNumber(1, 100_000).default(120),
  }),
  chatReadsPerMinute: setting({
    env: 'CHAT_READS_PER_MINUTE',
    group: 'Limits',
    about: 'Web chat history and stream requests one visitor may make in a minute.',
    schema: wholeNumber(1, 100_000).default(120),
  }),
  apiPerMinute: setting({
    env: 'API_PER_MINUTE',
    group: 'Limits',
    about: 'Staff API requests one key or member may make in a minute.',
    schema: wholeNumber(1, 1_000_000).default(1_200),
  }),
  whatsappPerSecond: setting({
    env: 'WHATSAPP_PER_SECOND',
    group: 'Limits',
    about: 'Messages per second one WhatsApp sender may send.',
    schema: wholeNumber(1, 10_000).default(80),
  }),
  smsPerSecond: setting({
    env: 'SMS_PER_SECOND',
    group: 'Limits',
    about: 'Messages per second one SMS number may send.',
    schema: wholeNumber(1, 10_000).default(10),
  }),
};
