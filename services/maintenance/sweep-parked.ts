import type { Installation } from '../context.ts';
import { signalMessage } from '../conversations/conversation-workflow.ts';

const PAGE = 100;
const AT_ONCE = 10;
const SIGNAL_WITHIN_MS = 5_000;

/**
 * Moves messages that were acknowledged while Temporal was away into their conversations, oldest first.
 * Safe to repeat and to run twice at once: a conversation takes each message once, and a row goes only after its signal.
 */
export async function sweepParked(installation: Installation): Promise<{ moved: number; more: boolean }> {
  const parked = await installation.system.parked.take(PAGE);
  let moved = 0;
  for (let start = 0; start < parked.length; start += AT_ONCE) {
    const results = await Promise.allSettled(
      parked.slice(start, start + AT_ONCE).map(async ({ id, businessId, channel, customerAddress, businessAddress, message }) => {
        const ctx = installation.forBusiness(businessId, { type: 'system', job: 'sweep' });
        await signalMessage(ctx, { channel, customerAddress, businessAddress }, message, SIGNAL_WITHIN_MS);
        await installation.system.parked.remove(id);
      }),
    );
    const failed = results.find((result) => result.status === 'rejected');
    moved += results.filter((result) => result.status === 'fulfilled').length;
    if (failed) throw failed.reason;
  }
  if (moved > 0) installation.log.info({ moved }, 'parked messages went on');
  return { moved, more: parked.length === PAGE };
}
