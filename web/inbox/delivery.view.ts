import type { Message } from '../api/api.types.ts';
import { isPending } from './message.cache.ts';

/** How an outbound message stands, as the thread shows it. */
export type DeliveryView = 'sending' | 'checking' | 'waiting' | 'superseded' | 'failed' | 'sent' | 'delivered' | 'read';

type Delivered = Pick<Message, 'id' | 'direction' | 'delivery' | 'status'>;

/** null where there is nothing to tell: inbound messages, and web chat messages, which are simply there. */
export function deliveryView(message: Delivered): DeliveryView | null {
  if (message.direction === 'inbound') return null;
  if (isPending(message)) return 'sending';
  if (message.status === 'failed' || message.status === 'undelivered' || message.status === 'canceled') return 'failed';
  if (message.status === 'read' || message.status === 'delivered') return message.status;
  switch (message.delivery?.state) {
    case 'failed':
      return 'failed';
    case 'parked':
      return 'waiting';
    case 'unknown':
      return 'checking';
    case 'superseded':
      return 'superseded';
    case 'planned':
    case 'attempting':
      return 'sending';
    case 'accepted':
      return message.status === 'sent' ? 'sent' : 'sending';
    case undefined:
      return null;
  }
}

/** Reasons we can say better than Twilio does; any other code is shown with the server's own text. */
export const EXPLAINED_CODES = [20429, 21211, 21408, 21610, 21614, 30001, 30003, 30004, 30005, 30006, 30007, 30008, 63003, 63013, 63016, 63018, 63024] as const;
export type ExplainedCode = (typeof EXPLAINED_CODES)[number];

export const isExplained = (code: number | null | undefined): code is ExplainedCode => EXPLAINED_CODES.some((known) => known === code);
