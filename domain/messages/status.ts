/** What the customer's phone told us through Twilio, as shown by the ticks; `received` is an inbound message. */
export const MESSAGE_STATUSES = [
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'undelivered',
  'failed',
  'canceled',
  'received',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Twilio adds statuses without notice: one we do not know is undefined. */
export const messageStatusIn = (raw: string): MessageStatus | undefined => MESSAGE_STATUSES.find((status) => status === raw);

const RANK: Record<MessageStatus, number> = {
  accepted: 1,
  scheduled: 2,
  queued: 3,
  sending: 4,
  sent: 5,
  undelivered: 6,
  failed: 6,
  canceled: 6,
  delivered: 7,
  read: 8,
  received: 9,
};

/** A number that only grows along a message's life; stored so that one conditional update can refuse a step back. */
export const statusRank = (status: MessageStatus): number => RANK[status];

/**
 * Callbacks come unordered and twice: a status replaces another only when it ranks higher.
 * `delivered` may follow `undelivered` (some carriers report so), never the other way round.
 */
export const isForward = (from: MessageStatus | undefined, to: MessageStatus): boolean => from === undefined || RANK[to] > RANK[from];
