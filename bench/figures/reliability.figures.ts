import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { phoneOf } from '../load/customers.ts';
import type { Product } from '../load/product.contender.ts';
import type { SimulatorClient } from '../world/simulator.client.ts';
import { createSimulatorClient } from '../world/simulator.client.ts';
import type { Measuring } from './measure.ts';

const DELIVERIES = 3;
const DUPLICATED_FROM = 20_000;
const REFUSED_FROM = 30_000;
const REFUSED_SHARE = 0.2;
/** Every quick try, with the waits between them, and some. */
const RETRIES_WITHIN_MS = 25_000;
/** A reply too many would come within this time of the right one. */
const SECOND_REPLY_WITHIN_MS = 3_000;
const AT_ONCE = 20;

/** Every webhook arrives three times at the same instant; the ledger tells how many replies went out. */
export async function measureDedupe(product: Product, { sizes, say }: Measuring): Promise<Figure> {
  const { duplicatedMessages: messages } = sizes;
  say(`targets: ${messages} messages, each delivered ${DELIVERIES} times`);
  const simulator = createSimulatorClient(product.stack.simulatorUrl);
  await simulator.clearLedger();
  await inGroups(messages, async (n) => {
    const webhook = product.webhookOf(DUPLICATED_FROM + n, n);
    const reply = product.replies.replyTo(DUPLICATED_FROM + n, webhook.messageSid, RETRIES_WITHIN_MS);
    await Promise.all([reply, ...Array.from({ length: DELIVERIES }, () => product.deliver(webhook))]);
  });
  await sleep(SECOND_REPLY_WITHIN_MS);
  const replies = await repliesTo(simulator, DUPLICATED_FROM, messages);
  const tooMany = replies.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
  const duplicates = messages * (DELIVERIES - 1);
  return {
    id: 'target.dedupe',
    name: `duplicates recognised, of ${duplicates}`,
    unit: '%',
    value: (1 - tooMany / duplicates) * 100,
    goal: { of: 'value', above: 99 },
    bottleneck: `${tooMany} replies too many`,
  };
}

/** Twilio refuses every fifth create; of the messages that met a refusal, how many went out within the quick tries. */
export async function measureRetries(product: Product, { sizes, say }: Measuring): Promise<Figure> {
  const { refusedMessages: messages } = sizes;
  say(`targets: ${messages} messages while Twilio refuses ${REFUSED_SHARE * 100} % of the sends`);
  const simulator = createSimulatorClient(product.stack.simulatorUrl);
  await simulator.clearLedger();
  await simulator.fault({ on: 'messages.create', kind: '429', rate: REFUSED_SHARE, seed: 7 });
  try {
    await inGroups(messages, async (n) => {
      const webhook = product.webhookOf(REFUSED_FROM + n, n);
      // A message parked after the last quick try is judged by the ledger below.
      const reply = product.replies.replyTo(REFUSED_FROM + n, webhook.messageSid, RETRIES_WITHIN_MS).catch(() => undefined);
      await Promise.all([reply, product.deliver(webhook)]);
    });
  } finally {
    await simulator.clearFaults();
  }
  const refused = new Set((await simulator.ledger('message.refused')).map(({ outboundId }) => outboundId));
  const accepted = new Set((await simulator.ledger('message.accepted')).map(({ outboundId }) => outboundId));
  const succeeded = [...refused].filter((outboundId) => accepted.has(outboundId)).length;
  return {
    id: 'target.retries',
    name: `refused sends that went out on a retry, of ${refused.size}`,
    unit: '%',
    value: (succeeded / refused.size) * 100,
    goal: { of: 'value', above: 95 },
    bottleneck: `${refused.size - succeeded} met four refusals in a row and wait for a slow try`,
    details: { messages, accepted: accepted.size },
  };
}

/** How many messages each of these customers got. */
async function repliesTo(simulator: SimulatorClient, firstCustomer: number, customers: number): Promise<number[]> {
  const counts = new Map<string, number>();
  for (const { to = '' } of await simulator.ledger('message.accepted')) counts.set(to, (counts.get(to) ?? 0) + 1);
  return Array.from({ length: customers }, (_, n) => counts.get(phoneOf(firstCustomer + n)) ?? 0);
}

async function inGroups(count: number, one: (n: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => one(from + n)));
  }
}
