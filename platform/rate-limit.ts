import { createHmac } from 'node:crypto';
import type { Connection } from 'mongoose';
import { RateLimiterMemory, RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { bounded } from './mongo/bounded.ts';

/** How long a limit may wait for MongoDB; past it this process counts by itself. */
const WAIT_MS = 150;
const COLLECTION = 'rateLimits';

export type Taken = { allowed: true } | { allowed: false; retryAfterMs: number };

export interface RateLimit {
  name: string;
  /** Counts one use by somebody; `who` is hashed before it is stored. Never throws. */
  take(who: string): Promise<Taken>;
  /** Takes one use back, where only the failed ones count. Never throws. */
  giveBack(who: string): Promise<void>;
}

export interface RateLimitStore {
  mongo: Connection;
  /** Keys the hash, so that nobody reads an address out of the database. */
  secret: string;
}

/** So many uses in a window, counted together by all processes, or by this one alone while MongoDB is away. */
export function createRateLimit(store: RateLimitStore, options: { name: string; points: number; seconds: number }): RateLimit {
  const settings = { keyPrefix: options.name, points: options.points, duration: options.seconds };
  const alone = new RateLimiterMemory(settings);
  let shared: RateLimiterMongo | undefined;
  const together = (): RateLimiterMongo | undefined => {
    if (!shared && store.mongo.db)
      shared = new RateLimiterMongo({ ...settings, storeClient: store.mongo.db, tableName: COLLECTION, disableIndexesCreation: true });
    return shared;
  };

  const keyOf = (who: string): string => createHmac('sha256', store.secret).update(`${options.name}\n${who}`).digest('base64url');

  return {
    name: options.name,
    async giveBack(who) {
      const key = keyOf(who);
      await Promise.allSettled([bounded(WAIT_MS, rewardTogether(together(), key)), alone.reward(key)]);
    },
    async take(who) {
      const key = keyOf(who);
      try {
        await bounded(WAIT_MS, consumeTogether(together(), key));
        return { allowed: true };
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return denied(refused);
      }
      try {
        await alone.consume(key);
        return { allowed: true };
      } catch (refused) {
        return refused instanceof RateLimiterRes ? denied(refused) : { allowed: true };
      }
    },
  };
}

async function consumeTogether(limiter: RateLimiterMongo | undefined, key: string): Promise<void> {
  if (!limiter) throw new Error('MongoDB has not been connected yet');
  await limiter.consume(key);
}

async function rewardTogether(limiter: RateLimiterMongo | undefined, key: string): Promise<void> {
  await limiter?.reward(key);
}

const denied = (refusal: RateLimiterRes): Taken => ({ allowed: false, retryAfterMs: Math.max(refusal.msBeforeNext, 1) });

/** The unique key that makes counting atomic and the expiry that forgets; run before readiness. Safe to repeat. */
export async function prepareRateLimits(mongo: Connection): Promise<void> {
  const collection = mongo.collection(COLLECTION);
  await collection.createIndex({ key: 1 }, { unique: true });
  await collection.createIndex({ expire: -1 }, { expireAfterSeconds: 0 });
}
