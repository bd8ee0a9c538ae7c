import { createHmac } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { DistinctRate } from '#platform/distinct-rate';
import { createDistinctRate } from '#platform/distinct-rate';
import type { RateLimit } from '#platform/rate-limit';
import { createRateLimit } from '#platform/rate-limit';
import type { Installation } from '#services/context';

/** One limit per kind of request; the numbers come from configuration. */
export interface RateLimits {
  chatSessions: RateLimit;
  chatSends: { perVisitor: RateLimit; perIp: RateLimit };
  chatReads: RateLimit;
  staff: RateLimit;
  signIn: RateLimit;
  /** Distinct messages of one phone to one business. */
  inbound: DistinctRate;
}

const MINUTE_S = 60;
const MINUTE_MS = 60_000;
/** Links that did not work; whoever tries ten a minute is guessing. */
const SIGN_INS_PER_MINUTE = 10;

export function createRateLimits({ config, system }: Installation, mongo: Connection): RateLimits {
  const store = { mongo, secret: createHmac('sha256', config.sessionSecret).update('rate-limits').digest('base64url') };
  const limit = (name: string, points: number): RateLimit => createRateLimit(store, { name, points, seconds: MINUTE_S });
  return {
    chatSessions: limit('chat-sessions', config.chatSessionsPerMinute),
    chatSends: { perVisitor: limit('chat-sends', config.chatSendsPerMinute), perIp: limit('chat-sends-ip', config.chatSendsPerMinutePerIp) },
    chatReads: limit('chat-reads', config.chatReadsPerMinute),
    staff: limit('staff', config.apiPerMinute),
    signIn: limit('sign-in', SIGN_INS_PER_MINUTE),
    inbound: createDistinctRate({
      windowMs: MINUTE_MS,
      secret: store.secret,
      shared: (key, id) => system.limits.hit(`inbound:${key}`, { windowMs: MINUTE_MS, member: id }),
    }),
  };
}
