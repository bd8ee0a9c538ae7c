import type { ConversationId, OutboundId } from '#domain/ids';
import type { InboundMessage } from '#domain/messages/inbound';
import type { Conversation } from '#models/conversation';
import type { Customer } from '#models/customers.repository';
import type { ServiceContext } from '../context.ts';
import type { ConversationAddress } from '../conversations/conversation-address.ts';

export interface StoredBurst {
  customer: Customer;
  conversation: Conversation;
  /** Messages that no reply and no reason covers yet, in the order given. */
  open: InboundMessage[];
  /** Replies written earlier for messages of this burst that were done already. */
  alreadyCoveredBy: OutboundId[];
}

/**
 * Makes sure that customer, conversation and messages are on record. Safe to retry.
 * Finding a message stored means only that: it is done when it names what covers it.
 */
export async function storeInbound(
  ctx: ServiceContext,
  input: ConversationAddress & { conversationId: ConversationId; messages: InboundMessage[] },
): Promise<StoredBurst> {
  const { channel, customerAddress, businessAddress, conversationId, messages } = input;
  const arrivedAt = new Date(Math.max(...messages.map((message) => message.receivedAtMs)));
  const displayName = messages.findLast((message) => message.profileName)?.profileName;

  const customer = await ctx.customers.findOrCreate({ channel, address: customerAddress, displayName });
  const known = await ctx.conversations.ensure({ id: conversationId, customerId: customer.id, channel, customerAddress, businessAddress, at: arrivedAt });
  const conversation = await inFreshSession(ctx, known, arrivedAt);
  const states = await ctx.messages.insertInbound(conversation, messages);

  const open: InboundMessage[] = [];
  const alreadyCoveredBy = new Set<OutboundId>();
  for (const message of messages) {
    const state = states.get(message.messageId);
    if (state?.coveredBy) alreadyCoveredBy.add(state.coveredBy);
    else if (!state?.coverReason && !state?.seen) open.push(message);
  }

  // A process may have died between storing a message and noting it: what is still open is noted again, and counts once.
  const last = open.at(-1);
  if (last) {
    const sessionEndsAt = new Date(arrivedAt.getTime() + ctx.config.conversationTtlMs);
    await ctx.conversations.noteInbound(conversationId, {
      at: arrivedAt,
      preview: last.text,
      messageIds: open.map(({ messageId }) => messageId),
      sessionEndsAt,
    });
  }
  const inserted = messages.filter(({ messageId }) => states.get(messageId)?.inserted);
  await ctx.events.appendMany(inserted.map(({ messageId }) => ({ type: 'message.received', conversationId, data: { messageId } })));
  return { customer, conversation, open, alreadyCoveredBy: [...alreadyCoveredBy] };
}

/** After CONVERSATION_TTL of silence the assistant starts anew, whether or not the clean-up has come by. */
async function inFreshSession(ctx: ServiceContext, conversation: Conversation, at: Date): Promise<Conversation> {
  const hasExpired = conversation.sessionEndsAt !== undefined && conversation.sessionEndsAt <= at;
  if (!hasExpired) return conversation;
  await ctx.conversations.startContextAt(conversation.id, at);
  return { ...conversation, contextFrom: at, memory: {} };
}
