import { milliseconds, setting, wholeNumber } from './setting.ts';

export const ASSISTANT_SETTINGS = {
  assistantTimeoutMs: setting({
    env: 'ASSISTANT_TIMEOUT_MS',
    group: 'Assistant',
    about: 'How long an assistant may think before the fallback text is sent.',
    schema: milliseconds(10, 120_000).default(20_000),
  }),
  maxContextMessages: setting({
    env: 'MAX_CONTEXT_MESSAGES',
    group: 'Assistant',
    about: 'How many earlier messages the assistant reads.',
    schema: wholeNumber(1, 200).default(20),
  }),
};
