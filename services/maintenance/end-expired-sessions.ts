import type { Installation } from '../context.ts';

const PAGE = 200;

/** Ends sessions past CONVERSATION_TTL and drops their context; messages stay for as long as retention says. Safe to repeat. */
export async function endExpiredSessions(installation: Installation): Promise<{ ended: number; more: boolean }> {
  const now = installation.clock.now();
  const expired = await installation.system.sweeps.expiredSessions(now, PAGE);
  let ended = 0;
  for (const { businessId, conversationId } of expired) {
    const ctx = installation.forBusiness(businessId, { type: 'system', job: 'clean-up' });
    if (!(await ctx.conversations.endSession(conversationId, now))) continue;
    await ctx.events.append({ type: 'conversation.updated', conversationId, data: { session: 'ended' } });
    ended += 1;
  }
  return { ended, more: expired.length === PAGE };
}
