import type { ConversationSummary } from '../api/api.types.ts';

/** Whether free text may be sent now: `open` counts down, `closed` waits for the customer, `none` has no such rule. */
export type WindowView = { state: 'none' } | { state: 'open'; leftMs: number } | { state: 'closed'; endedAt: string | null };

export function windowOf({ channel, windowEndsAt }: Pick<ConversationSummary, 'channel' | 'windowEndsAt'>, nowMs: number): WindowView {
  if (channel !== 'whatsapp') return { state: 'none' };
  const leftMs = windowEndsAt ? Date.parse(windowEndsAt) - nowMs : 0;
  return leftMs > 0 ? { state: 'open', leftMs } : { state: 'closed', endedAt: windowEndsAt };
}
