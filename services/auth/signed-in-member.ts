import type { BusinessId, MemberId } from '#domain/ids';
import type { Installation } from '../context.ts';

/** The member a session belongs to, read on every request so that somebody who was removed is out at once; null when they are. */
export async function signedInMember(
  installation: Installation,
  { businessId, memberId }: { businessId: BusinessId; memberId: MemberId },
): Promise<{ id: MemberId; name: string; role: string } | null> {
  const { members } = installation.forBusiness(businessId, { type: 'system', job: 'sign-in' });
  const member = await members.get(memberId);
  return member && { id: member.id, name: member.name, role: member.role };
}
