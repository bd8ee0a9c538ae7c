import type { BusinessProfile } from '#domain/business/profile';
import { createSignInLink } from '#services/auth/create-sign-in-link';
import type { Installation } from '#services/context';
import type { BusinessFile } from './business-file.ts';
import { newBusinessFrom } from './business-file.ts';

/**
 * A business with its numbers, its owner, and the address that signs the owner in once.
 * Not safe to repeat: without a number nothing tells two businesses apart.
 * @throws Failure conflict `number.taken` when another business has one of its numbers.
 */
export async function createBusiness(installation: Installation, file: BusinessFile): Promise<{ business: BusinessProfile; signInUrl: string }> {
  const business = await installation.system.businesses.create(newBusinessFrom(file, installation.config));
  const ctx = installation.forBusiness(business.id, { type: 'system', job: 'create-business' });
  const owner = await ctx.members.create({ ...file.owner, role: 'owner' });
  const { url } = await createSignInLink(ctx, { memberId: owner.id });
  return { business, signInUrl: url };
}
