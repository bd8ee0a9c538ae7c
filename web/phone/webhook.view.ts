import type { WebhookRecord } from './simulator.types.ts';

export const WEBHOOK_FILTERS = ['all', 'messages', 'statuses', 'problems'] as const;
export type WebhookFilter = (typeof WEBHOOK_FILTERS)[number];

/** The last try's answer, the time all tries took, and whether anybody should worry. */
export function outcomeOf({ attempts }: Pick<WebhookRecord, 'attempts'>): {
  status: number | null;
  ms: number;
  attempts: number;
  tone: 'good' | 'warn' | 'bad';
} {
  const status = attempts.at(-1)?.status ?? null;
  const ms = attempts.reduce((sum, attempt) => sum + attempt.ms, 0);
  const tone = status === null || status >= 500 ? 'bad' : status >= 400 || attempts.length > 1 ? 'warn' : 'good';
  return { status, ms, attempts: attempts.length, tone };
}

export function filterWebhooks(records: readonly WebhookRecord[], filter: WebhookFilter): WebhookRecord[] {
  switch (filter) {
    case 'all':
      return [...records];
    case 'messages':
      return records.filter(({ kind }) => kind !== 'status');
    case 'statuses':
      return records.filter(({ kind }) => kind === 'status');
    case 'problems':
      return records.filter((record) => record.faulted !== undefined || outcomeOf(record).tone !== 'good');
  }
}

/** What a webhook was about, in its own words: the message's text, or its new status. */
export function summaryOf({ parameters, sid }: Pick<WebhookRecord, 'parameters' | 'sid'>): string {
  const value = (name: string) => parameters.find(([key]) => key === name)?.[1];
  const status = value('MessageStatus');
  if (status) return [status, value('ErrorCode'), value('To')].filter(Boolean).join(' · ');
  return value('Body') || (Number(value('NumMedia') ?? 0) > 0 ? (value('MediaContentType0') ?? sid) : sid);
}
