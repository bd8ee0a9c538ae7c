import { createHash, timingSafeEqual } from 'node:crypto';

/** Takes the same time whatever is wrong with the guess, its length included. */
export const isSameSecret = (given: string, expected: string): boolean =>
  timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest());
