import { setTimeout as pause } from 'node:timers/promises';
import type { PhoneMessage, SimulatedTwilio } from './simulated-twilio.client.ts';
import type { Written } from './verdict.ts';

export interface CrowdOptions {
  /** The numbers that are written to, in turn. */
  numbers: readonly string[];
  customers: number;
  /** The number of the first customer; the others follow on. */
  firstNumber: number;
}

export interface Crowd {
  addresses: readonly string[];
  /** Everything written so far; complete once `answered` has resolved. */
  written: readonly Written[];
  /** Open loop: one message every `everyMs`, whether or not the earlier ones were answered. Resolves when all are written, not answered. */
  write(messages: number, everyMs: number, more?: (n: number) => Partial<PhoneMessage>): Promise<void>;
  /** Every webhook was answered or given up. */
  answered(): Promise<void>;
}

/** Questions that every demo business answers by itself, so that no conversation is handed to a person. */
const QUESTIONS = [
  'Hallo',
  'Wat zijn jullie openingstijden?',
  'Zijn jullie zaterdag open?',
  'Waar zitten jullie?',
  'Goedemorgen',
  'What are your opening hours?',
];

/** People who write on WhatsApp and SMS, in turn. */
export function aCrowd(twilio: SimulatedTwilio, { numbers, customers, firstNumber }: CrowdOptions): Crowd {
  const people = Array.from({ length: customers }, (_, n) => ({
    e164: `+316${firstNumber + n}`,
    to: numbers[n % numbers.length] ?? '',
    channel: n % 3 === 2 ? ('sms' as const) : ('whatsapp' as const),
  }));
  const written: Written[] = [];
  const underway: Promise<void>[] = [];
  let sent = 0;

  async function writeOne(n: number, more: Partial<PhoneMessage>): Promise<void> {
    const person = people[n % people.length];
    if (!person) throw new Error('a crowd of nobody');
    const { messageSid, deliveries } = await twilio.write({
      from: person.e164,
      to: person.to,
      channel: person.channel,
      body: QUESTIONS[n % QUESTIONS.length] ?? 'Hallo',
      ...more,
    });
    written.push({ messageSid, from: person.e164, deliveries });
  }

  return {
    addresses: people.map(({ e164, channel }) => (channel === 'whatsapp' ? `whatsapp:${e164}` : e164)),
    written,
    async write(messages, everyMs, more = () => ({})) {
      const startedAt = performance.now();
      for (let n = 0; n < messages; n += 1) {
        underway.push(writeOne(sent, more(sent)));
        sent += 1;
        await pause(Math.max(0, startedAt + (n + 1) * everyMs - performance.now()));
      }
    },
    async answered() {
      await Promise.all(underway);
    },
  };
}
