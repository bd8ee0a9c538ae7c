import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { stackStatus } from '../local-stack/status-report.mjs';

export type Stack = Awaited<ReturnType<typeof stackStatus>>;

/** A message as the simulated Twilio shows it on a phone. */
export interface PhoneMessage {
  sid: string;
  direction: string;
  body: string;
  status: string;
}

export interface Sent {
  messageSid: string;
  deliveries: { status: number | null; ms: number }[];
}

/** What a story acts with: a running stack, phones, and a place to say what held and what did not. */
export interface Scene {
  stack: Stack;
  /** The number of a demo business by a word of its name. */
  numberOf(name: string): string;
  businessId(name: string): string;
  phone(): Phone;
  /** The staff API with the demo key; answers parsed JSON. */
  api<T>(path: string, init?: { method?: string; body?: unknown; token?: string }): Promise<T>;
  /** Says what is about to happen. */
  tell(text: string): void;
  /** A claim of the story: shown as held or not. */
  check(claim: string, holds: boolean, otherwise?: string): void;
}

export interface Phone {
  e164: string;
  writes(to: string, body: string, options?: { channel?: 'sms' | 'whatsapp'; times?: number; messageSid?: string; wait?: boolean }): Promise<Sent>;
  /** What the business sent to this phone, oldest first. */
  received(): Promise<PhoneMessage[]>;
  /** Waits for at least this many answers; gives what came when the time is up. */
  receives(count: number, withinMs?: number): Promise<PhoneMessage[]>;
}

export interface Story {
  name: string;
  about: string;
  play(scene: Scene): Promise<void>;
}

export function createScene(stack: Stack, say: { tell(text: string): void; check(claim: string, holds: boolean, otherwise?: string): void }): Scene {
  const business = (name: string) => {
    const found = stack.demo.businesses.find((candidate) => candidate.name.includes(name));
    if (!found) throw new Error(`there is no demo business with "${name}" in its name`);
    return found;
  };
  return {
    stack,
    ...say,
    businessId: (name) => business(name).id,
    numberOf: (name) => business(name).numbers[0]?.e164 ?? '',
    phone: () => createPhone(`${stack.simulator}`),
    async api<T>(path: string, { method = 'GET', body, token }: { method?: string; body?: unknown; token?: string } = {}) {
      const response = await fetch(`${stack.api}${path}`, {
        method,
        headers: { authorization: `Bearer ${token ?? stack.demo.apiKey}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(40_000),
      });
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
      return (await response.json()) as T;
    },
  };
}

/** A number nobody wrote from before, so that a story can be played again. */
function createPhone(simulator: string): Phone {
  const e164 = `+316${randomInt(10_000_000, 99_999_999)}`;
  const received = async () => {
    const threads = await Promise.all([e164, `whatsapp:${e164}`].map((address) => thread(simulator, address)));
    return threads.flat().filter(({ direction }) => direction !== 'inbound');
  };
  return {
    e164,
    received,
    async writes(to, body, { channel = 'whatsapp', ...more } = {}) {
      const response = await fetch(`${simulator}/_sim/inbound-message`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ from: e164, to, body, channel, ...more }),
      });
      if (!response.ok) throw new Error(`the simulator answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
      return (await response.json()) as Sent;
    },
    async receives(count, withinMs = 20_000) {
      const deadline = performance.now() + withinMs;
      let answers = await received();
      while (answers.length < count && performance.now() < deadline) {
        await sleep(100);
        answers = await received();
      }
      return answers;
    },
  };
}

async function thread(simulator: string, address: string): Promise<PhoneMessage[]> {
  const response = await fetch(`${simulator}/_sim/messages?with=${encodeURIComponent(address)}`);
  const { messages } = (await response.json()) as { messages: PhoneMessage[] };
  return messages;
}

export const newId = (): string => randomUUID();

/** Waits until `look` gives something; undefined when the time is up. */
export async function eventually<T>(look: () => Promise<T | undefined>, withinMs = 15_000): Promise<T | undefined> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined || performance.now() > deadline) return found;
    await sleep(150);
  }
}
