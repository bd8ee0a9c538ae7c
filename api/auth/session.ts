import { createHash, createHmac } from 'node:crypto';
import MongoStore from 'connect-mongo';
import type { RequestHandler } from 'express';
import session from 'express-session';
import type { Connection } from 'mongoose';
import type { BusinessId, MemberId } from '#domain/ids';
import type { Config } from '#platform/config';
import { isSameSecret } from './same-secret.ts';

declare module 'express-session' {
  interface SessionData {
    memberId: MemberId;
    businessId: BusinessId;
    signedInAtMs: number;
  }
}

const DAY_MS = 24 * 3_600_000;
/** A browser that is not used for so long must sign in again, … */
const IDLE_MS = 7 * DAY_MS;
/** … and every browser must after this. */
export const SESSION_LASTS_MS = 30 * DAY_MS;
const TOUCH_EVERY_S = 300;

/** `__Host-` makes browsers refuse a cookie of that name from anywhere but this host over https. */
export const sessionCookieName = (config: Config): string => (config.publicUrl.startsWith('https://') ? '__Host-sb.sid' : 'sb.sid');

export interface Sessions {
  middleware: RequestHandler;
  /** Whether a session is still signed in; asked again and again by open streams. */
  isAlive(sessionId: string): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Revocable sessions: the cookie holds a random id, MongoDB holds its hash and whose it is.
 * Nothing is stored before somebody signs in.
 */
export function createSessions(config: Config, mongo: Connection): Sessions {
  const store = MongoStore.create({
    client: mongo.getClient(),
    dbName: mongo.name,
    collectionName: 'sessions',
    stringify: false,
    ttl: IDLE_MS / 1_000,
    touchAfter: TOUCH_EVERY_S,
    // The expiry index is built with all others, before readiness.
    autoRemove: 'disabled',
    // Whoever reads the database cannot sign in with what it holds.
    transformId: (sid) => createHash('sha256').update(sid).digest('base64url'),
  });
  const middleware = session({
    name: sessionCookieName(config),
    secret: createHmac('sha256', config.sessionSecret).update('session-cookie').digest('base64url'),
    store,
    resave: false,
    saveUninitialized: false,
    rolling: false,
    cookie: { httpOnly: true, sameSite: 'lax', path: '/', secure: config.publicUrl.startsWith('https://'), maxAge: IDLE_MS },
  });
  return {
    middleware,
    isAlive: (sessionId) =>
      new Promise((resolve, reject) => {
        store.get(sessionId, (error: unknown, found) =>
          error ? reject(error instanceof Error ? error : new Error('the session store failed')) : resolve(found?.memberId !== undefined),
        );
      }),
    close: async () => void store.removeAllListeners(),
  };
}

/** Old sessions are removed by the database; run before readiness. Safe to repeat. */
export async function prepareSessions(mongo: Connection): Promise<void> {
  await mongo.collection('sessions').createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
}

/** Bound to the session, so it needs no storage and dies with it. */
export const csrfTokenOf = (config: Config, sessionId: string): string =>
  createHmac('sha256', config.sessionSecret).update(`csrf\n${sessionId}`).digest('base64url');

export const isCsrfTokenValid = (config: Config, sessionId: string, given: string | undefined): boolean =>
  isSameSecret(given ?? '', csrfTokenOf(config, sessionId));
