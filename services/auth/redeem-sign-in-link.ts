import { Failure } from '#domain/failure';
import type { BusinessId, MemberId } from '#domain/ids';
import type { Installation } from '../context.ts';

/** Works once per link. @throws Failure `auth.link_invalid` (401) for one that is unknown, used or too old; the caller cannot tell which. */
export async function redeemSignInLink(installation: Installation, { token }: { token: string }): Promise<{ businessId: BusinessId; memberId: MemberId }> {
  const redeemed = await installation.system.signInLinks.redeem(token);
  if (!redeemed) throw new Failure('unauthenticated', 'auth.link_invalid', 'This sign-in link is unknown, was used already, or is older than 15 minutes.');
  const { events } = installation.forBusiness(redeemed.businessId, { type: 'system', job: 'sign-in' });
  await events.append({ type: 'member.signed_in', data: { memberId: redeemed.memberId } });
  return redeemed;
}
