import type { FaultRequest } from '#simulator/faults';
import type { LedgerEntry } from '#simulator/ledger';
import { until } from '../../support/waiting.ts';

/** One attempt of Twilio's to bring a webhook; null when no answer came. */
export interface WebhookAttempt {
  status: number | null;
  ms: number;
  attempt: number;
  /** Why Twilio got no answer. */
  error?: string;
}

export interface PhoneMessage {
  from: string;
  to: string;
  body: string;
  channel: 'sms' | 'whatsapp';
  /** How often the one webhook is delivered, at the same moment. */
  times?: number;
  /** Twilio has the message, and nobody is told. */
  skipWebhook?: boolean;
  messageSid?: string;
  profileName?: string;
}

/** The simulated Twilio of a private stack, over HTTP as everybody else reaches it. */
export interface SimulatedTwilio {
  /** A phone sends; resolves when its webhook was answered or given up. */
  write(message: PhoneMessage): Promise<{ messageSid: string; deliveries: WebhookAttempt[] }>;
  /** Resolves with the fault's id, for `clearFault`. */
  addFault(fault: FaultRequest): Promise<number>;
  clearFault(id: number): Promise<void>;
  clearFaults(): Promise<void>;
  ledger(kind?: LedgerEntry['kind']): Promise<LedgerEntry[]>;
  /** Texts somebody got, oldest first. */
  textsTo(address: string): Promise<string[]>;
  /** No callback and no webhook is on its way any more. */
  settled(timeoutMs?: number): Promise<void>;
}

export function simulatedTwilio(url: string): SimulatedTwilio {
  async function ask<Answer>(path: string, body?: unknown): Promise<Answer> {
    const post = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/_sim/${path}`, post);
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status} to ${path}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
  const ledger = async (kind?: string) => (await ask<{ entries: LedgerEntry[] }>(`ledger${kind ? `?kind=${kind}` : ''}`)).entries;

  return {
    write: (message) => ask('inbound-message', message),
    addFault: async (fault) => (await ask<{ id: number }>('faults', fault)).id,
    async clearFault(id) {
      await fetch(`${url}/_sim/faults/${id}`, { method: 'DELETE' });
    },
    async clearFaults() {
      await fetch(`${url}/_sim/faults`, { method: 'DELETE' });
    },
    ledger,
    async textsTo(address) {
      return (await ledger('message.accepted')).filter(({ to }) => to === address).map(({ body }) => body ?? '');
    },
    async settled(timeoutMs = 20_000) {
      await until(async () => (await ask<{ pending: number }>('health')).pending === 0, { timeoutMs, describe: () => 'callbacks and webhooks to arrive' });
    },
  };
}
