import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;

/** What kind of thing an id names, readable in logs and URLs. */
export type IdPrefix = 'biz' | 'cus' | 'mem' | 'key' | 'evt' | 'log' | 'msg' | 'req' | 'vis';

/**
 * A new id such as `cus_01k9…`: 48 bits of time, so that ids of one kind sort by birth, then 80 random bits.
 * `atMs` is real time; pass it only where the caller already holds a moment.
 */
export function newId(prefix: IdPrefix, atMs: number = Date.now()): string {
  return `${prefix}_${timePart(atMs)}${randomPart()}`;
}

/** The smallest id a thing of this kind born at `atMs` can have: a bound for range queries over ids. */
export const firstIdAt = (prefix: IdPrefix, atMs: number): string => `${prefix}_${timePart(Math.max(0, atMs))}${ALPHABET[0]?.repeat(RANDOM_LENGTH)}`;

/** The moment an id was made, in milliseconds; undefined when it is no id of that kind. */
export function bornAtMs(prefix: IdPrefix, id: string): number | undefined {
  const text = id.slice(prefix.length + 1);
  if (!id.startsWith(`${prefix}_`) || text.length !== TIME_LENGTH + RANDOM_LENGTH) return undefined;
  let ms = 0;
  for (const letter of text.slice(0, TIME_LENGTH)) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) return undefined;
    ms = ms * ALPHABET.length + digit;
  }
  return ms;
}

function timePart(atMs: number): string {
  let rest = Math.floor(atMs);
  let text = '';
  for (let n = 0; n < TIME_LENGTH; n += 1) {
    text = ALPHABET.charAt(rest % ALPHABET.length) + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

function randomPart(): string {
  let text = '';
  for (const byte of randomBytes(RANDOM_LENGTH)) text += ALPHABET.charAt(byte % ALPHABET.length);
  return text;
}
