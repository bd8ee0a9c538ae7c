import type { DemoBusiness } from '../api/api.types.ts';
import type { SimMessage, WebhookRecord } from './simulator.types.ts';

export type PhoneChannel = 'whatsapp' | 'sms';

/** One chat a phone can have: with one number of a business, on one channel. */
export interface Chat {
  key: string;
  channel: PhoneChannel;
  businessId: string;
  businessName: string;
  businessNumber: string;
  locale: string;
  timeZone: string;
}

const CHANNELS: readonly PhoneChannel[] = ['whatsapp', 'sms'];

export function chatsWith(businesses: readonly DemoBusiness[]): Chat[] {
  return CHANNELS.flatMap((channel) =>
    businesses.flatMap(({ id, name, locale, timeZone, numbers }) =>
      numbers
        .filter(({ channels }) => channels.includes(channel))
        .map(({ e164 }) => ({ key: `${channel}:${e164}`, channel, businessId: id, businessName: name, businessNumber: e164, locale, timeZone })),
    ),
  );
}

export const addressOn = (channel: PhoneChannel, e164: string): string => (channel === 'whatsapp' ? `whatsapp:${e164}` : e164);

/** The messages of one chat that a phone would know of, oldest first; those still on their way to it are left out. */
export function messagesOf(messages: readonly SimMessage[], { channel, businessNumber }: Chat): SimMessage[] {
  const business = addressOn(channel, businessNumber);
  return messages
    .filter((message) => (message.direction === 'inbound' ? message.to === business : message.from === business && !isOnItsWay(message)))
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
}

const isOnItsWay = ({ status }: SimMessage): boolean => ['accepted', 'scheduled', 'queued', 'sending'].includes(status);
export const didNotArrive = ({ status }: SimMessage): boolean => ['failed', 'undelivered', 'canceled'].includes(status);

export type Tick = 'sending' | 'sent' | 'delivered' | 'read' | 'lost';

/** How a message the phone sent stands: its webhook got through (delivered), an answer followed (read), or it did not (lost). */
export function tickOf(message: SimMessage, thread: readonly SimMessage[], webhooks: ReadonlyMap<string, WebhookRecord[]>): Tick {
  if (thread.some((other) => other.direction !== 'inbound' && !didNotArrive(other) && other.createdAt >= message.createdAt)) return 'read';
  const statuses = webhooks.get(message.sid)?.map(({ attempts }) => attempts.at(-1)?.status ?? null);
  if (!statuses || statuses.length === 0) return 'sent';
  return statuses.some((status) => status !== null && (status < 400 || status === 429)) ? 'delivered' : 'lost';
}

export function webhooksBySid(records: readonly WebhookRecord[]): ReadonlyMap<string, WebhookRecord[]> {
  const bySid = new Map<string, WebhookRecord[]>();
  for (const record of records) if (record.kind !== 'status') bySid.set(record.sid, [...(bySid.get(record.sid) ?? []), record]);
  return bySid;
}

const PATIENCE_MS = 30_000;

/** A reply is expected from the phone's last message until one comes, for as long as somebody would watch the dots. */
export function isReplyExpected(messages: readonly SimMessage[], nowMs: number): boolean {
  const last = messages.at(-1);
  return last?.direction === 'inbound' && nowMs - Date.parse(last.createdAt) < PATIENCE_MS;
}

/** Answers a business offers as a numbered list at the end of its message ("1. Yes"), to be tapped instead of typed. */
export function offeredAnswers(body: string): string[] {
  const lines = body.trimEnd().split('\n');
  const answers: string[] = [];
  for (const line of lines.toReversed()) {
    const [, label] = /^\s*\d{1,2}[.)]\s+(\S.{0,40})$/.exec(line) ?? [];
    if (!label) break;
    answers.unshift(label.trim());
  }
  return answers.length > 1 ? answers : [];
}
