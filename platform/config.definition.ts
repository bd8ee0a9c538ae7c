import { ASSISTANT_SETTINGS } from './settings/assistant.settings.ts';
import { CONVERSATIONS_SETTINGS } from './settings/conversations.settings.ts';
import { DATA_SETTINGS } from './settings/data.settings.ts';
import { LIMITS_SETTINGS } from './settings/limits.settings.ts';
import { OPERATIONS_SETTINGS } from './settings/operations.settings.ts';
import type { Setting } from './settings/setting.ts';
import { TEMPORAL_SETTINGS } from './settings/temporal.settings.ts';
import { TWILIO_SETTINGS } from './settings/twilio.settings.ts';
import { WEB_SETTINGS } from './settings/web.settings.ts';

/** Every setting there is; `.env.example` and docs/configuration.md are made from these. */
export const SETTINGS = {
  ...OPERATIONS_SETTINGS,
  ...WEB_SETTINGS,
  ...DATA_SETTINGS,
  ...TEMPORAL_SETTINGS,
  ...TWILIO_SETTINGS,
  ...ASSISTANT_SETTINGS,
  ...CONVERSATIONS_SETTINGS,
  ...LIMITS_SETTINGS,
} satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
