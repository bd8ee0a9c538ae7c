import { z } from 'zod';
import { SETTINGS } from '#platform/config.definition';
import type { Setting } from '#platform/settings/setting';

/** A setting in the words of documentation. */
export interface DescribedSetting {
  env: string;
  group: Setting['group'];
  about: string;
  secret: boolean;
  required: boolean;
  /** As one would type it; undefined when the setting has none. */
  defaultText: string | undefined;
  example: string;
  /** "1–200", "`test` or `production`", "web address"; empty when anything goes. */
  values: string;
}

/** Opens the `enc:` settings; read beside the others, as it decides how they are read. */
const SETTINGS_KEY: DescribedSetting = {
  env: 'SETTINGS_KEY',
  group: 'Operations',
  about: 'Opens settings given encrypted (`enc:v1:…`, made by `npm run cli -- seal-setting`): 32 random bytes in base64.',
  secret: true,
  required: false,
  defaultText: undefined,
  example: '',
  values: '32 bytes in base64',
};

export const describedSettings = (): DescribedSetting[] => [...(Object.values(SETTINGS) as Setting[]).map(describe), SETTINGS_KEY];

/** The groups in the order in which their first setting is defined. */
export function settingsByGroup(): Map<string, DescribedSetting[]> {
  const groups = new Map<string, DescribedSetting[]>();
  for (const setting of describedSettings()) groups.set(setting.group, [...(groups.get(setting.group) ?? []), setting]);
  return groups;
}

function describe({ env, group, about, schema, secret = false, example = '' }: Setting): DescribedSetting {
  const absent = schema.safeParse(undefined);
  return {
    env,
    group,
    about,
    secret,
    required: !absent.success,
    defaultText: absent.success ? defaultText(absent.data, schema, example) : undefined,
    example,
    values: valuesOf(schema),
  };
}

/** A default is shown the way it is typed: the example, where that means the same ("24h" rather than 86400000). */
function defaultText(value: unknown, schema: z.ZodType, example: string): string | undefined {
  if (value === undefined) return undefined;
  const parsedExample = example === '' ? undefined : schema.safeParse(example);
  if (parsedExample?.success && JSON.stringify(parsedExample.data) === JSON.stringify(value)) return example;
  return Array.isArray(value) ? value.join(',') : String(value);
}

function valuesOf(schema: z.ZodType): string {
  const { type, format, enum: choices, minimum, maximum, minLength } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  if (choices) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  if (type === 'integer') return `${minimum}–${maximum}`;
  if (format === 'uri') return 'web address';
  return minLength ? `at least ${minLength} characters` : '';
}
