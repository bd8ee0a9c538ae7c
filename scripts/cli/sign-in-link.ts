import { notFound } from '#domain/failure';
import type { BusinessId } from '#domain/ids';
import { createSignInLink } from '#services/auth/create-sign-in-link';
import type { Installation } from '#services/context';

export interface SignInLinkOptions {
  businessId: BusinessId;
  email: string;
  /** Given, a member who does not exist yet is made. */
  name?: string;
  role: 'owner' | 'staff';
}

/**
 * An address that signs a member in once, within 15 minutes.
 * @throws Failure `business.not_found`, or `member.not_found` when there is no such member and no name to make one.
 */
export async function signInLink(installation: Installation, { businessId, email, name, role }: SignInLinkOptions): Promise<string> {
  const businesses = await installation.system.businesses.list();
  if (!businesses.some(({ id }) => id === businessId)) throw notFound('business');
  const ctx = installation.forBusiness(businessId, { type: 'system', job: 'sign-in-link' });
  const existing = await ctx.members.findByEmail(email);
  if (!existing && name === undefined) throw notFound('member');
  const member = existing ?? (await ctx.members.create({ name: name ?? email, email, role }));
  return (await createSignInLink(ctx, { memberId: member.id })).url;
}
