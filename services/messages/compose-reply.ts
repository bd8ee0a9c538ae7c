import type { Reply } from '#domain/assistant/assistant.port';
import type { Owner } from '#domain/conversations/owner';
import { ASSISTANT } from '#domain/conversations/owner';
import type { ConversationId, OutboundId, TurnId } from '#domain/ids';
import { outboundIdOf, turnIdOf } from '#domain/ids';
import type { InboundMessage } from '#domain/messages/inbound';
import type { Conversation } from '#models/conversation';
import type { Customer } from '#models/customers.repository';
import type { ConversationAddress } from '../conversations/conversation-address.ts';
import type { ServiceContext } from '../context.ts';
import { answerWithoutAssistant } from './answer-without-assistant.ts';
import { deliverMessage } from './deliver-message.ts';
import { planOutbound } from './plan-outbound.ts';
import { storeInbound } from './store-inbound.ts';
import { thinkOnce } from './think-once.ts';

export interface ComposeReplyInput extends ConversationAddress {
  conversationId: ConversationId;
  messages: InboundMessage[];
  /** The reply written before more words arrived; this one takes its place. */
  supersedes?: TurnId;
  signal: AbortSignal;
}

export interface ComposedReply {
  turnId: TurnId;
  owner: Owner;
  handedOverTo?: Owner;
  outbound: OutboundId[];
  answer?: { outboundId: OutboundId; text: string; quickReplies?: { label: string; payload: string }[] };
}

/**
 * Stores a burst and writes the one reply that covers it, as a row nobody has sent yet.
 * Safe to retry: the turn's completion is stored before it is used, so a retry neither thinks nor writes twice.
 */
export async function composeReply(ctx: ServiceContext, input: ComposeReplyInput): Promise<ComposedReply> {
  if (input.supersedes) await ctx.messages.supersedeTurn(input.supersedes);
  const { customer, conversation, open, alreadyCoveredBy } = await storeInbound(ctx, input);
  const last = open.at(-1) ?? input.messages.at(-1);
  const turnId = turnIdOf(input.conversationId, last?.messageId ?? 'empty');
  const owner = conversation.owner;
  // A reply written earlier and never sent (its workflow was ended from outside) is sent now; deliver knows if it was.
  const nothing: ComposedReply = { turnId, owner, outbound: alreadyCoveredBy };
  if (open.length === 0 || !last) return nothing;

  if (owner.type === 'member') {
    await ctx.messages.cover(input.conversationId, open.map((message) => message.messageId), { reason: 'takeover' });
    return nothing;
  }

  const special = await answerWithoutAssistant(ctx, { conversation, open });
  const reply = special ? special.reply : await thinkOnce(ctx, { conversation, customer, open, turnId, signal: input.signal });
  return await writeReply(ctx, { conversation, customer, open, turnId, reply, coverReason: special?.coverReason, mayReachOptedOut: special?.mayReachOptedOut });
}

interface WriteReplyInput {
  conversation: Conversation;
  customer: Customer;
  open: InboundMessage[];
  turnId: TurnId;
  reply: Reply;
  coverReason?: 'opt_out' | 'group' | 'reaction' | 'filtered';
  mayReachOptedOut?: boolean;
}

async function writeReply(ctx: ServiceContext, { conversation, customer, open, turnId, reply, coverReason, mayReachOptedOut }: WriteReplyInput): Promise<ComposedReply> {
  const messageIds = open.map((message) => message.messageId);
  const handsOver = reply.actions.some((action) => action.type === 'hand_over');
  const handedOverTo: Owner | undefined = handsOver ? { type: 'member', memberId: null, sinceMs: ctx.clock.nowMs() } : undefined;
  const outboundId = outboundIdOf(turnId, 0);

  const planned =
    reply.text === null
      ? undefined
      : await planOutbound(ctx, { outboundId, turnId, conversation, role: coverReason ? 'system' : 'assistant', text: reply.text, quickReplies: reply.quickReplies, mayReachOptedOut });
  await ctx.messages.cover(conversation.id, messageIds, planned ? { by: outboundId } : { reason: coverReason ?? 'filtered' });
  // On web chat nothing carries the words but the browser's own request and stream: they are out once they are written.
  if (planned && conversation.channel === 'web') await deliverMessage(ctx, { outboundId });
  await ctx.conversations.setMemory(conversation.id, reply.memory, reply.trace.language);
  if (handedOverTo) {
    await ctx.conversations.setOwner(conversation.id, handedOverTo);
    await ctx.conversations.raiseAttention(conversation.id, 'hand_over');
    await ctx.events.appendMany([
      { type: 'conversation.owner_changed', conversationId: conversation.id, data: { owner: 'member' } },
      { type: 'attention.raised', conversationId: conversation.id, data: { reason: 'hand_over' } },
    ]);
  }
  ctx.log.info({ conversationId: conversation.id, turnId, intent: reply.intent, assistant: reply.trace.assistant, covers: messageIds.length, ms: reply.trace.ms, customerId: customer.id }, 'reply composed');
  return {
    turnId,
    owner: ASSISTANT,
    handedOverTo,
    outbound: planned ? [outboundId] : [],
    answer: planned && conversation.channel === 'web' ? { outboundId, text: planned.content, quickReplies: reply.quickReplies } : undefined,
  };
}
