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
