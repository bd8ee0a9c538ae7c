import type { Owner } from '#domain/conversations/owner';
import type { ConversationId } from '#domain/ids';
import type { ServiceContext } from '../context.ts';
import type { ConversationAddress } from './conversation-address.ts';

/** Puts on record who answers, as the workflow decided. Safe to retry. */
export async function recordOwner(ctx: ServiceContext, input: ConversationAddress & { conversationId: ConversationId; owner: Owner }): Promise<void> {
  const { channel, customerAddress, businessAddress, conversationId, owner } = input;
  const customer = await ctx.customers.findOrCreate({ channel, address: customerAddress });
  await ctx.conversations.ensure({ id: conversationId, customerId: customer.id, channel, customerAddress, businessAddress, at: ctx.clock.now() });
  await ctx.conversations.setOwner(conversationId, owner);
  await ctx.conversations.clearAttention(conversationId);
  await ctx.events.append({ type: 'conversation.owner_changed', conversationId, data: { owner: owner.type } });
}

/** Staff are told that a customer has been waiting too long. Safe to retry. */
export async function raiseReplyOverdue(
  ctx: ServiceContext,
  { conversationId, unansweredSinceMs }: { conversationId: ConversationId; unansweredSinceMs: number },
): Promise<void> {
  await ctx.conversations.raiseAttention(conversationId, 'reply_overdue');
  await ctx.events.append({ type: 'attention.raised', conversationId, data: { reason: 'reply_overdue', unansweredSinceMs } });
  ctx.log.warn({ conversationId }, 'a customer waits too long for a reply');
}
