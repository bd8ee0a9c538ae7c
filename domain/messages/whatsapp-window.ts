import type { Channel } from '../channel.ts';

/** WhatsApp takes free text only this long after the customer's last message; later an approved template is needed. */
const WINDOW_MS = 24 * 60 * 60 * 1_000;

/** When WhatsApp stops taking free text; null for a customer who never wrote. */
export const windowEndsAt = (lastInboundAt: Date | undefined): Date | null => (lastInboundAt ? new Date(lastInboundAt.getTime() + WINDOW_MS) : null);

/** Whether free text may be sent now; channels other than WhatsApp know no window. */
export function mayWriteFreely(channel: Channel, lastInboundAtMs: number | undefined, nowMs: number): boolean {
  return channel !== 'whatsapp' || (lastInboundAtMs !== undefined && nowMs < lastInboundAtMs + WINDOW_MS);
}
