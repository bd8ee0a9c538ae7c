import { trusted } from 'mongoose';
import type { BusinessId, MemberId } from '#domain/ids';
import { newToken, tokenHash } from './access-token.ts';
import { unscoped } from './plugins/business-scope.plugin.ts';
import type { RepositoryScope, SystemScope } from './scope.ts';

export interface SignInLinksRepository {
  /** The token for the link; only its hash is stored. */
  create(memberId: MemberId, ttlMs: number): Promise<string>;
}

export interface SignInLinkRedeemer {
  /** Works once, whoever is first. null: unknown, used or too old. */
  redeem(token: string): Promise<{ businessId: BusinessId; memberId: MemberId } | null>;
}

export const createSignInLinksRepository = ({ businessId, db, clock }: RepositoryScope): SignInLinksRepository => ({
  async create(memberId, ttlMs) {
    const token = newToken('link');
    const expiresAt = new Date(clock.nowMs() + ttlMs);
    await db.signInLinks.insertMany([{ _id: tokenHash(token), businessId, memberId, expiresAt }], { throwOnValidationError: true });
    return token;
  },
});

/** Nobody knows the business of a link before it is redeemed. */
export const createSignInLinkRedeemer = ({ db, clock }: SystemScope): SignInLinkRedeemer => ({
  async redeem(token) {
    const row = await db.signInLinks
      .findOneAndDelete({ _id: tokenHash(token), expiresAt: trusted({ $gt: clock.now() }) })
      .setOptions(unscoped('signInLinks.redeem'))
      .lean();
    return row && { businessId: row.businessId as BusinessId, memberId: row.memberId as MemberId };
  },
});
