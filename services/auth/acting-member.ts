import { notFound } from '#domain/failure';
import type { MemberId } from '#domain/ids';
import type { ServiceContext } from '../context.ts';

/** Whom an API key acts for where a person is needed: the member it names, or the business's owner. @throws Failure `member.not_found`. */
export async function actingMember(ctx: ServiceContext, { memberId }: { memberId?: MemberId }): Promise<MemberId> {
  const members = await ctx.members.list();
  const acting = memberId ? members.find(({ id }) => id === memberId) : (members.find(({ role }) => role === 'owner') ?? members[0]);
  if (!acting) throw notFound('member');
  return acting.id;
}
