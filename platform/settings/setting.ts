import { z } from 'zod';

/** One setting: what it is called outside, what it means, and what a good value looks like. `.env.example` and docs/configuration.md are made from these. */
export interface Setting<T extends z.ZodType = z.ZodType> {
  env: string;
  /** One sentence for docs/configuration.md. */
  about: string;
  group: 'Web' | 'Data' | 'Temporal' | 'Twilio' | 'Assistant' | 'Conversations' | 'Limits' | 'Operations';
  schema: T;
  /** Never printed; may be given encrypted (`enc:…`, see platform/config.secrets.ts). A secret has no default. */
  secret?: boolean;
  /** A made-up value for `.env.example` where there is no default. */
  example?: string;
}

export const setting = <T extends z.ZodType>(definition: Setting<T>): Setting<T> => definition;

export const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
export const milliseconds = (least: number, most: number) => wholeNumber(least, most);
export const commaList = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
  .pipe(z.array(z.string()));
export const onOff = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');
export const phoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/, 'an E.164 number such as +31201234567');
export const key32 = z.string().refine((value) => Buffer.from(value, 'base64').length === 32, '32 random bytes in base64: openssl rand -base64 32');

const DURATION_UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** "24h", "30m", "7d" or plain seconds; becomes milliseconds. */
export const duration = z.string().transform((value, context) => {
  const match = /^(\d+)([smhd]?)$/.exec(value.trim());
  if (!match) {
    context.addIssue({ code: 'custom', message: 'a duration such as 24h, 30m, 90s or 7d' });
    return z.NEVER;
  }
  return Number(match[1]) * DURATION_UNITS[(match[2] || 's') as keyof typeof DURATION_UNITS];
});
