import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { postJson } from '../load/http-post.ts';
import type { Product } from '../load/product.contender.ts';

/** Customers nobody else writes with, so that a send never waits for a burst of the customer's own. */
const FIRST_CUSTOMER = 40_000;
const DESK = 10;
const SENT_WITHIN_MS = 30_000;

/** Conversations staff may write in: each customer has written once. */
export interface StaffDesk {
  conversationIds: readonly string[];
}

export async function openStaffDesk(product: Product): Promise<StaffDesk> {
  await product.closed({ conversations: DESK, messages: DESK, firstConversation: FIRST_CUSTOMER });
  return { conversationIds: Array.from({ length: DESK }, (_, n) => product.conversationOf(FIRST_CUSTOMER + n)) };
}

/** From the API call to Twilio's create, at an even pace over `forMs`. */
export async function staffSends(
  { stack, replies }: Product,
  { conversationIds }: StaffDesk,
  { messages, forMs }: { messages: number; forMs: number },
): Promise<{ sends: number[]; failed: number }> {
  const sends: number[] = [];
  let failed = 0;
  const sendOne = async (n: number): Promise<void> => {
    const atMs = Date.now();
    try {
      const body = { conversationId: conversationIds[n % conversationIds.length], text: 'Uw auto staat klaar.', clientId: randomUUID() };
      const { id } = await postJson<{ id: string }>(`${stack.url}/api/conversations/messages`, body, { authorization: `Bearer ${stack.secrets.DEMO_API_KEY}` });
      sends.push((await replies.sent(id, SENT_WITHIN_MS)) - atMs);
    } catch {
      failed += 1;
    }
  };
  const under: Promise<void>[] = [];
  for (let n = 0; n < messages; n += 1) {
    under.push(sendOne(n));
    await sleep(forMs / messages);
  }
  await Promise.all(under);
  return { sends, failed };
}
