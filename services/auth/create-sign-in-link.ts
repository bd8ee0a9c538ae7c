import { notFound } from '#domain/failure';
import type { MemberId } from '#domain/ids';
import type { ServiceContext } from '../context.ts';

const LINK_LASTS_MS = 15 * 60_000;

/**
 * An address that signs a member in once, within 15 minutes. Opening it changes nothing: the page behind it redeems the token by POST,
 * so that a mail scanner cannot use it up. The token stands in no log and only hashed in the database.
 * @throws Failure `member.not_found`.
 */
export async function createSignInLink(ctx: ServiceContext, { memberId }: { memberId: MemberId }): Promise<{ url: string }> {
  if (!(await ctx.members.get(memberId))) throw notFound('member');
  const token = await ctx.signInLinks.create(memberId, LINK_LASTS_MS);
  return { url: `${ctx.config.publicUrl.replace(/\/+$/, '')}/welcome?t=${encodeURIComponent(token)}` };
}
