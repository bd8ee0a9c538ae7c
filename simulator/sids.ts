import { randomBytes } from 'node:crypto';

/** A Twilio identifier: two letters and 32 lower-case hex digits. */
export function newSid(prefix: 'SM' | 'MM' | 'ME' | 'MG' | 'AC' | 'XE'): string {
  return prefix + randomBytes(16).toString('hex');
}
