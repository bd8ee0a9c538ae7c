import type { Installation } from '../context.ts';
import { handToWorkflow } from '../messages/send-message.ts';

const STRANDED_AFTER_MS = 5 * 60_000;
const PAGE = 100;

/**
 * Outbound rows that nobody has touched for minutes go back to their conversation: their workflow was ended from outside,
 * or a staff send was written and the process died before telling it. Safe to repeat: a row is sent once.
 */
export async function resumeStrandedSends(installation: Installation): Promise<{ resumed: number }> {
  const stranded = await installation.system.sweeps.unsettledMessages({ olderThanMs: STRANDED_AFTER_MS, limit: PAGE });
  for (const { businessId, conversationId, outboundId } of stranded) {
    const ctx = installation.forBusiness(businessId, { type: 'system', job: 'sweep' });
    const conversation = await ctx.conversations.get(conversationId);
    if (!conversation) continue;
    await handToWorkflow(ctx, conversation, outboundId, `resume-${outboundId}-${Math.floor(installation.clock.nowMs() / STRANDED_AFTER_MS)}`);
    installation.log.warn({ businessId, outboundId }, 'a stranded send was handed back to its conversation');
  }
  return { resumed: stranded.length };
}
