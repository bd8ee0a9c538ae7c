import { channelOf } from './addresses.ts';

export const MESSAGE_STATUSES = [
  'queued',
  'sending',
  'sent',
  'failed',
  'delivered',
  'undelivered',
  'receiving',
  'received',
  'accepted',
  'scheduled',
  'read',
  'partially_delivered',
  'canceled',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** One message as Twilio knows it. Addresses carry their channel prefix. */
export interface Message {
  sid: string;
  accountSid: string;
  messagingServiceSid: string | null;
  from: string | null;
  to: string;
  body: string;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  status: MessageStatus;
  errorCode: number | null;
  errorMessage: string | null;
  numSegments: number;
  mediaSids: string[];
  /** Where outbound media is fetched from when the message is sent. */
  mediaUrls: string[];
  contentSid?: string;
  statusCallback?: string;
  dateCreated: Date;
  dateSent: Date | null;
  dateUpdated: Date;
  sendAt?: Date;
  /** Real time, not the simulator's: what `listLagMs` counts from. */
  storedAtMs: number;
  sequence: number;
  /** The person opened WhatsApp before the message was delivered. */
  readWhenDelivered?: boolean;
  /** What the webhook carries beyond the message itself: profile name, button, place. */
  channelFacts?: Readonly<Record<string, string>>;
}

export interface ListFilter {
  to?: string;
  from?: string;
  sentOn?: string;
  sentBefore?: string;
  sentAfter?: string;
}

export interface MessagesState {
  insert(message: Omit<Message, 'sequence' | 'storedAtMs'>): Message;
  get(accountSid: string, sid: string): Message | undefined;
  find(sid: string): Message | undefined;
  remove(sid: string): void;
  /** Newest first. Dates compare by UTC day and never match a message that has no `dateSent` yet. */
  list(accountSid: string, filter: ListFilter, lagMs: number): Message[];
  /** Everything this address wrote or got, oldest first. */
  thread(address: string): Message[];
  all(): Message[];
  clear(): void;
}

export function createMessages(): MessagesState {
  const bySid = new Map<string, Message>();
  let sequence = 0;
  return {
    insert(facts) {
      sequence += 1;
      const message: Message = { ...facts, sequence, storedAtMs: Date.now() };
      bySid.set(message.sid, message);
      return message;
    },
    get(accountSid, sid) {
      const message = bySid.get(sid);
      return message?.accountSid === accountSid ? message : undefined;
    },
    find: (sid) => bySid.get(sid),
    remove: (sid) => void bySid.delete(sid),
    list(accountSid, filter, lagMs) {
      const visibleSince = Date.now() - lagMs;
      return [...bySid.values()]
        .filter((message) => message.accountSid === accountSid && (lagMs === 0 || message.storedAtMs <= visibleSince) && matches(message, filter))
        .sort((a, b) => comparePositions(positionOf(a), positionOf(b)));
    },
    thread: (address) => [...bySid.values()].filter((message) => message.from === address || message.to === address),
    all: () => [...bySid.values()],
    clear: () => bySid.clear(),
  };
}

/** Where a message stands in the list: newest first, later ones of one moment first. */
export interface Position {
  atMs: number;
  sequence: number;
}

export function positionOf(message: Message): Position {
  return { atMs: (message.dateSent ?? message.dateCreated).getTime(), sequence: message.sequence };
}

export function comparePositions(a: Position, b: Position): number {
  return b.atMs - a.atMs || b.sequence - a.sequence;
}

export function isFinal(message: Message): boolean {
  return ['delivered', 'read', 'failed', 'undelivered', 'canceled', 'received'].includes(message.status);
}

export function isWhatsApp(message: Message): boolean {
  return channelOf(message.to) === 'whatsapp';
}

function matches(message: Message, { to, from, sentOn, sentBefore, sentAfter }: ListFilter): boolean {
  if (to !== undefined && message.to !== to) return false;
  if (from !== undefined && message.from !== from) return false;
  if (sentOn === undefined && sentBefore === undefined && sentAfter === undefined) return true;

  const day = message.dateSent?.toISOString().slice(0, 10);
  if (day === undefined) return false;
  return (sentOn === undefined || day === sentOn) && (sentBefore === undefined || day <= sentBefore) && (sentAfter === undefined || day >= sentAfter);
}
