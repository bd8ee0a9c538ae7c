import { createHmac } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { BusinessId } from '#domain/ids';
import type { Clock } from '#platform/clock';
import type { Config } from '#platform/config';

const AUDIENCE = 'webchat';
const ISSUER = 'switchboard';
const TYPE = 'visitor+jwt';

export interface VisitorClaims {
  businessId: BusinessId;
  /** The visitor's opaque address. */
  address: string;
}

type Signing = { config: Pick<Config, 'sessionSecret'>; clock: Clock };

/** A key of its own, so that no other token or cookie of this installation passes for a visitor's. */
const keyOf = (config: Pick<Config, 'sessionSecret'>): Uint8Array => createHmac('sha256', config.sessionSecret).update('visitor-token').digest();

/** A token the browser keeps; whoever holds it is this visitor until it expires. */
export async function issueVisitorToken({ config, clock }: Signing, { businessId, address }: VisitorClaims, expiresAt: Date): Promise<string> {
  return await new SignJWT({ biz: businessId })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setSubject(address)
    .setAudience(AUDIENCE)
    .setIssuer(ISSUER)
    .setIssuedAt(clock.now())
    .setExpirationTime(expiresAt)
    .sign(keyOf(config));
}

export type VisitorTokenReading = { state: 'valid' | 'expired'; claims: VisitorClaims } | { state: 'invalid' };

/** `expired` was ours and signed; the session it stands for may still be alive. Anything else is `invalid`, whatever is wrong with it. */
export async function readVisitorToken({ config, clock }: Signing, token: string): Promise<VisitorTokenReading> {
  try {
    const { payload } = await jwtVerify(token, keyOf(config), {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      issuer: ISSUER,
      typ: TYPE,
      requiredClaims: ['exp', 'sub', 'biz'],
      currentDate: clock.now(),
    });
    return readingOf('valid', payload);
  } catch (thrown) {
    return thrown instanceof errors.JWTExpired ? readingOf('expired', thrown.payload) : { state: 'invalid' };
  }
}

function readingOf(state: 'valid' | 'expired', { sub, biz }: { sub?: string; biz?: unknown }): VisitorTokenReading {
  return typeof sub === 'string' && typeof biz === 'string' ? { state, claims: { businessId: biz as BusinessId, address: sub } } : { state: 'invalid' };
}
