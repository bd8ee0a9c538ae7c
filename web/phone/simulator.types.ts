/** What the simulator answers under `/_sim`. Addresses carry their channel: `whatsapp:+31612345678` or `+31612345678`. */
export interface SimMessage {
  sid: string;
  accountSid: string;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  from: string | null;
  to: string;
  body: string;
  status: string;
  errorCode: number | null;
  errorMessage: string | null;
  media: { sid: string; path: string; contentType?: string }[];
  createdAt: string;
  sentAt: string | null;
  updatedAt: string;
}

export interface WebhookAttempt {
  attempt: number;
  at: string;
  status: number | null;
  headers: Record<string, string>;
  body: string;
  ms: number;
  error?: string;
}

export interface WebhookRecord {
  id: number;
  at: string;
  kind: 'inbound' | 'status' | 'fallback';
  sid: string;
  url: string;
  headers: Record<string, string>;
  parameters: [string, string][];
  body: string;
  attempts: WebhookAttempt[];
  faulted?: string;
  curl: string;
}

export interface LedgerEntry {
  n: number;
  at: string;
  kind: string;
  sid?: string;
  to?: string;
  from?: string;
  body?: string;
  status?: string;
  httpStatus?: number | null;
  errorCode?: number;
  faulted?: string;
}

export interface Fault {
  id: number;
  on: string;
  kind: string;
  rate: number;
  count?: number;
  ms?: number;
  struck: number;
}

export type FaultRequest = { on: string; kind: string; rate?: number; count?: number; ms?: number; errorCode?: number };

export interface SimClock {
  now: string;
  offsetMs: number;
}

export interface InboundMessage {
  from: string;
  to: string;
  body: string;
  channel: 'whatsapp' | 'sms';
  profileName?: string;
  media?: { contentType: string; base64: string }[];
  /** The same webhook this many times at once. */
  times?: number;
  /** A known message is delivered again instead of created. */
  messageSid?: string;
  skipWebhook?: boolean;
}
