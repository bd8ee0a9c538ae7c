import { notFound } from '#domain/failure';
import type { ConversationId, MemberId } from '#domain/ids';
import type { Conversation } from '#models/conversation';
import type { Customer } from '#models/customers.repository';
import type { ServiceContext } from '../context.ts';

/** A conversation with the people in it, as lists and pages show it. */
export interface ConversationView {
  conversation: Conversation;
  customer: Customer | null;
  /** Who has taken it over; null also while nobody has yet after a hand-over. */
  ownerName: string | null;
}

/** Adds the people to conversations, with one look at customers and one at members however many there are. */
export async function viewsOf(ctx: ServiceContext, conversations: readonly Conversation[]): Promise<ConversationView[]> {
  if (conversations.length === 0) return [];
  const [customers, names] = await Promise.all([ctx.customers.getMany([...new Set(conversations.map(({ customerId }) => customerId))]), memberNames(ctx)]);
  const customerOf = new Map(customers.map((customer) => [customer.id, customer]));
  return conversations.map((conversation) => ({
    conversation,
    customer: customerOf.get(conversation.customerId) ?? null,
    ownerName: conversation.owner.type === 'member' && conversation.owner.memberId ? (names.get(conversation.owner.memberId) ?? null) : null,
  }));
}

export const memberNames = async (ctx: ServiceContext): Promise<Map<MemberId, string>> => new Map((await ctx.members.list()).map(({ id, name }) => [id, name]));

/** @throws Failure `conversation.not_found`, also for another business's. */
export async function existingConversation(ctx: ServiceContext, conversationId: ConversationId): Promise<Conversation> {
  const conversation = await ctx.conversations.get(conversationId);
  if (!conversation) throw notFound('conversation');
  return conversation;
}
