import { createHmac, timingSafeEqual } from 'node:crypto';
import { Failure } from '#domain/failure';
import type { ServiceContext } from '../context.ts';

export interface ClaimedIdentity {
  externalId: string;
  name?: string;
  email?: string;
  /** HMAC-SHA256 of `externalId` in hexadecimal, made by the business's own server. */
  signature: string;
}

/** What a business's server signs its users' ids with; derived from the business's secret, so it is stored nowhere. */
export const identitySecretOf = ({ keys, businessId }: Pick<ServiceContext, 'keys' | 'businessId'>): string =>
  keys.blindIndex(businessId, 'address', 'web-chat:identity-secret');

/** @throws Failure `chat.identity_invalid` (403) unless the business's own server vouches for this user. */
export function checkIdentity(ctx: Pick<ServiceContext, 'keys' | 'businessId'>, { externalId, signature }: ClaimedIdentity): void {
  const expected = createHmac('sha256', identitySecretOf(ctx)).update(externalId).digest();
  const given = Buffer.from(signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Failure('forbidden', 'chat.identity_invalid', 'The identity signature does not match.');
}
