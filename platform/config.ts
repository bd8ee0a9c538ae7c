import type { z } from 'zod';
import type { SettingName } from './config.definition.ts';
import { SETTINGS } from './config.definition.ts';
import { openSetting } from './config.secrets.ts';

export type Config = Readonly<{ [Name in SettingName]: z.infer<(typeof SETTINGS)[Name]['schema']> }> & {
  /** The base address Twilio signs: TWILIO_WEBHOOK_URL, or PUBLIC_URL. Without a trailing slash. */
  readonly webhookBaseUrl: string;
};

/** All faults at once, each with the name of its setting and never with its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly { env: string; fault: string }[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map(({ env, fault }) => `  ${env}: ${fault}`).join('\n')}`,
    );
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads every setting from an environment; an empty value counts as absent.
 * @throws ConfigError naming every fault.
 */
export function loadConfig(environment: Environment): Config {
  const faults: { env: string; fault: string }[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { env, schema, secret }] of Object.entries(SETTINGS) as [SettingName, (typeof SETTINGS)[SettingName] & { secret?: boolean }][]) {
    const raw = environment[env]?.trim() || undefined;
    const opened = raw !== undefined && secret ? openSetting(raw, environment['SETTINGS_KEY']) : { value: raw };
    if ('fault' in opened) {
      faults.push({ env, fault: opened.fault });
      continue;
    }
    const parsed = (schema as z.ZodType).safeParse(opened.value);
    if (parsed.success) values[name] = parsed.data;
    else faults.push({ env, fault: opened.value === undefined ? 'is required' : parsed.error.issues.map((issue) => issue.message).join('; ') });
  }
  const config = values as Config;
  if (faults.length === 0) faults.push(...faultsBetween(config));
  if (faults.length > 0) throw new ConfigError(faults);
  return { ...config, webhookBaseUrl: (config.twilioWebhookUrl ?? config.publicUrl).replace(/\/+$/, '') };
}

/** Rules that span settings. */
function faultsBetween(config: Config): { env: string; fault: string }[] {
  const faults: { env: string; fault: string }[] = [];
  if (!isLocal(config.publicUrl) && !config.publicUrl.startsWith('https://')) faults.push({ env: 'PUBLIC_URL', fault: 'must be https outside localhost' });
  if ((config.twilioAccountSid === undefined) !== (config.twilioAuthToken === undefined))
    faults.push({ env: 'TWILIO_AUTH_TOKEN', fault: 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN come together' });
  if (config.mode === 'production' && config.demoApiKey !== undefined) faults.push({ env: 'DEMO_API_KEY', fault: 'belongs to test mode' });
  if (config.mode === 'production' && config.simulatorUrl !== undefined) faults.push({ env: 'SIMULATOR_URL', fault: 'belongs to test mode' });
  return faults;
}

export const isLocal = (url: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
