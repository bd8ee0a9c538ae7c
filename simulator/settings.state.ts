import { z } from 'zod';

const milliseconds = z.number().int().min(0).max(600_000);

export const SettingsPatch = z.strictObject({
  statusDelayMs: milliseconds.optional(),
  readDelayMs: milliseconds.optional(),
  listLagMs: milliseconds.optional(),
  callbackLagMs: milliseconds.optional(),
  autoRead: z.boolean().optional(),
  webhookRetryDelayMs: milliseconds.optional(),
  hangMs: milliseconds.optional(),
  clockFollowers: z.array(z.url()).optional(),
});
export type SettingsPatch = z.infer<typeof SettingsPatch>;
export type Settings = Required<SettingsPatch>;

const DEFAULTS: Settings = {
  statusDelayMs: 150,
  readDelayMs: 1_000,
  listLagMs: 0,
  callbackLagMs: 0,
  autoRead: false,
  webhookRetryDelayMs: 0,
  hangMs: 120_000,
  clockFollowers: [],
};

export interface SettingsState {
  readonly current: Settings;
  change(patch: SettingsPatch): Settings;
  reset(): void;
}

/** `reset` returns to the settings the simulator was started with. */
export function createSettings(initial: SettingsPatch = {}): SettingsState {
  const start: Settings = { ...DEFAULTS, ...initial };
  let current = { ...start };
  return {
    get current() {
      return current;
    },
    change(patch) {
      current = { ...current, ...patch };
      return current;
    },
    reset() {
      current = { ...start };
    },
  };
}
