import { randomUUID } from 'node:crypto';
import type { InboundMessage } from '#domain/messages/inbound';
import { conversationIdOf } from '#services/conversations/conversation-address';
import { questionOf } from '../load/customers.ts';
import type { Product } from '../load/product.contender.ts';

const PAGE = 1_000;
const MINUTE_MS = 60_000;

/**
 * Fills the database through the same repositories the product writes with: sealed texts, remembered ids, all indexes.
 * The messages are the customers' own and count as dealt with, so nobody answers them.
 */
export async function seedMessages(
  { ctx, stack }: Product,
  options: { messages: number; conversations: number; phoneOf: (n: number) => string },
): Promise<void> {
  const each = Math.ceil(options.messages / options.conversations);
  const nowMs = Date.now();
  for (let n = 0; n < options.conversations; n += 1) {
    const address = { channel: 'sms', customerAddress: options.phoneOf(n), businessAddress: stack.e164 } as const;
    const id = conversationIdOf(ctx, address);
    const customer = await ctx.customers.findOrCreate({ channel: 'sms', address: address.customerAddress });
    await ctx.conversations.ensure({ id, customerId: customer.id, ...address, at: new Date(nowMs) });
    for (let from = 0; from < each; from += PAGE) {
      const page = Array.from({ length: Math.min(PAGE, each - from) }, (_, k): InboundMessage => {
        return {
          messageId: `SM${randomUUID().replaceAll('-', '')}`,
          text: questionOf(from + k),
          media: [],
          kind: 'text',
          receivedAtMs: nowMs - (each - from - k) * MINUTE_MS,
        };
      });
      await ctx.messages.insertInbound({ id, customerId: customer.id }, page);
      const ids = page.map(({ messageId }) => messageId);
      await ctx.messages.cover(id, ids, { reason: 'filtered' });
    }
  }
}
