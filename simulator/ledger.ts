/** What happened, in order and for ever (until cleared): the judge of reliability tests. */
export type LedgerKind =
  | 'message.accepted'
  | 'message.refused'
  | 'message.received'
  | 'message.auto-reply'
  | 'message.twiml-reply'
  | 'message.status'
  | 'messages.listed'
  | 'callback.sent'
  | 'callback.dropped'
  | 'webhook.sent'
  | 'webhook.dropped'
  | 'webhook.error'
  | 'completion';

export interface LedgerEntry {
  n: number;
  at: string;
  kind: LedgerKind;
  accountSid?: string;
  sid?: string;
  to?: string;
  from?: string;
  body?: string;
  status?: string;
  statusCallback?: string;
  /** The `out` query parameter of the StatusCallback: the sender's own id for this message. */
  outboundId?: string;
  /** What the other side saw; null when no answer arrived or none was given. */
  httpStatus?: number | null;
  errorCode?: number;
  faulted?: string;
  url?: string;
}

export interface Ledger {
  append(entry: Omit<LedgerEntry, 'n' | 'at'>): LedgerEntry;
  since(n: number): readonly LedgerEntry[];
  clear(): void;
  onAppend(listener: (entry: LedgerEntry) => void): void;
}

/** Numbers keep rising after `clear`, so a reader's `since` stays valid. */
export function createLedger(now: () => Date): Ledger {
  let entries: LedgerEntry[] = [];
  let last = 0;
  const listeners: ((entry: LedgerEntry) => void)[] = [];
  return {
    append(facts) {
      last += 1;
      const entry: LedgerEntry = { n: last, at: now().toISOString(), ...facts };
      entries.push(entry);
      for (const listener of listeners) listener(entry);
      return entry;
    },
    since: (n) => (n <= 0 ? entries : entries.filter((entry) => entry.n > n)),
    clear() {
      entries = [];
    },
    onAppend(listener) {
      listeners.push(listener);
    },
  };
}

/** The `out` query parameter of a callback URL, if it has one. */
export function outboundIdOf(statusCallback: string | undefined): string | undefined {
  if (!statusCallback || !URL.canParse(statusCallback)) return undefined;
  return new URL(statusCallback).searchParams.get('out') ?? undefined;
}
