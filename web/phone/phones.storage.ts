import { z } from 'zod';

const phoneSchema = z.object({
  id: z.string(),
  name: z.string().min(1).max(60),
  number: z.string().regex(/^\+[1-9]\d{6,14}$/),
  readReceipts: z.boolean().default(true),
  /** The chat on the screen; null shows the list, undefined the first chat there is. */
  openChat: z.string().nullish(),
});
export type Phone = z.infer<typeof phoneSchema>;

export const FIRST_PHONES: readonly Phone[] = [
  { id: 'sanne', name: 'Sanne Bakker', number: '+31612345678', readReceipts: true },
  { id: 'james', name: 'James Carter', number: '+447700900461', readReceipts: true },
];

/** Reads what a browser kept; anything unreadable means a fresh start with the first phones. */
export function phonesFrom(stored: string | undefined): Phone[] {
  if (stored === undefined) return [...FIRST_PHONES];
  try {
    return z.array(phoneSchema).min(1).parse(JSON.parse(stored));
  } catch {
    return [...FIRST_PHONES];
  }
}

/** A typed number as E.164, reading a leading 0 as Dutch; null when it cannot be one. */
export function e164Of(typed: string): string | null {
  const digits = typed
    .replaceAll(/[\s().-]/g, '')
    .replace(/^00/, '+')
    .replace(/^0/, '+31');
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null;
}
