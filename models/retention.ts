const DAY_MS = 86_400_000;

/** How long things are kept that expire by themselves. */
export interface Retention {
  webhookLogDays: number;
  eventDays: number;
  turnDays: number;
}

export const DEFAULT_RETENTION: Retention = { webhookLogDays: 14, eventDays: 90, turnDays: 90 };

export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS);
