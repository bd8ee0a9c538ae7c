import type { Reply } from '#domain/assistant/assistant.port';
import type { Owner } from '#domain/conversations/owner';
import { ASSISTANT } from '#domain/conversations/owner';
import type { ConversationId, OutboundId, TurnId } from '#domain/ids';
import { outboundIdOf, turnIdOf } from '#domain/ids';
import type { InboundMessage } from '#domain/messages/inbound';
import type { Conversation } from '#models/conversation';
import type { Customer } from '#models/customers.repository';
import type { ServiceContext } from '../context.ts';
import type { ConversationAddress } from '../conversations/conversation-address.ts';
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
  /** Sent even if a member took over meanwhile: the confirmation of an opt-out. */
  mustSend?: boolean;
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
  const turnId = await nameTurn(ctx, { conversationId: input.conversationId, lastMessageId: last?.messageId ?? 'empty', open });
  const { owner } = conversation;
  if (open.length === 0) return await asWritten(ctx, { conversation, turnId, outbound: alreadyCoveredBy });
  const special = await answerWithoutAssistant(ctx, { conversation, open });
  // Opting out works whoever answers.
  if (owner.type === 'member' && special?.coverReason !== 'opt_out' && !(await gaveItAway(ctx, turnId, owner))) {
    await ctx.messages.cover(
      input.conversationId,
      open.map((message) => message.messageId),
      { reason: 'takeover' },
    );
    return { turnId, owner, outbound: [] };
  }

  const reply = special ? special.reply : await thinkOnce(ctx, { conversation, customer, open, turnId, signal: input.signal });
  const written = await writeReply(ctx, {
    conversation,
    customer,
    open,
    turnId,
    reply,
    coverReason: special?.coverReason,
    mayReachOptedOut: special?.mayReachOptedOut,
  });
  // A worker that died after writing a reply to the first of these words left it unsent, and nobody else will send it; deliver knows if it was.
  return { ...written, outbound: [...alreadyCoveredBy, ...written.outbound] };
}

/**
 * A turn is named after its last message. When a reply of that name was put aside and words have changed places since
 * (a parked message came in between), the name is taken: these are other words, and need a reply of their own.
 */
async function nameTurn(
  ctx: ServiceContext,
  { conversationId, lastMessageId, open }: { conversationId: ConversationId; lastMessageId: string; open: InboundMessage[] },
): Promise<TurnId> {
  const turnId = turnIdOf(conversationId, lastMessageId);
  const namesake = await ctx.messages.get(outboundIdOf(turnId, 0));
  return namesake?.delivery?.state === 'superseded' ? turnIdOf(conversationId, `${lastMessageId}-${open.length}`) : turnId;
}

const handsOver = (reply: Reply): boolean => reply.actions.some((action) => action.type === 'hand_over');

/** The conversation is with the members because this very turn handed it over: its reply still belongs to the customer. */
async function gaveItAway(ctx: ServiceContext, turnId: TurnId, owner: Owner): Promise<boolean> {
  if (owner.type !== 'member' || owner.memberId !== null) return false;
  const turn = await ctx.turns.get(turnId);
  return turn !== null && handsOver(turn.reply);
}

/**
 * Everything of this burst was covered before: this is a retry, or a webhook that came again long after.
 * A reply that was written and never sent (its workflow was ended from outside) is sent now; deliver knows if it was.
 */
async function asWritten(
  ctx: ServiceContext,
  { conversation, turnId, outbound }: { conversation: Conversation; turnId: TurnId; outbound: OutboundId[] },
): Promise<ComposedReply> {
  const { owner, channel } = conversation;
  const isHandedOver = await gaveItAway(ctx, turnId, owner);
  const [outboundId] = outbound;
  const row = channel === 'web' && outboundId ? await ctx.messages.get(outboundId) : null;
  return {
    turnId,
    owner: isHandedOver ? ASSISTANT : owner,
    handedOverTo: isHandedOver ? owner : undefined,
    outbound,
    answer: row && outboundId ? { outboundId, text: row.content, quickReplies: row.metadata.quickReplies } : undefined,
  };
}

/** Whoever took over while the reply was being written answers instead. */
const wasTakenOver = async (ctx: ServiceContext, { id, owner }: Conversation): Promise<boolean> =>
  owner.type === 'assistant' && (await ctx.conversations.get(id))?.owner.type === 'member';

interface WriteReplyInput {
  conversation: Conversation;
  customer: Customer;
  open: InboundMessage[];
  turnId: TurnId;
  reply: Reply;
  coverReason?: 'opt_out' | 'group' | 'reaction' | 'filtered';
  mayReachOptedOut?: boolean;
}

async function writeReply(
  ctx: ServiceContext,
  { conversation, customer, open, turnId, reply, coverReason, mayReachOptedOut }: WriteReplyInput,
): Promise<ComposedReply> {
  const messageIds = open.map((message) => message.messageId);
  const isOnWeb = conversation.channel === 'web';
  const isTakenOver = (isOnWeb || handsOver(reply)) && (await wasTakenOver(ctx, conversation));
  const handedOverTo: Owner | undefined = handsOver(reply) && !isTakenOver ? { type: 'member', memberId: null, sinceMs: ctx.clock.nowMs() } : undefined;
  const outboundId = outboundIdOf(turnId, 0);

  const planned =
    reply.text === null
      ? undefined
      : await planOutbound(ctx, {
          outboundId,
          turnId,
          conversation,
          role: coverReason ? 'system' : 'assistant',
          text: reply.text,
          quickReplies: reply.quickReplies,
          mayReachOptedOut,
        });
  await ctx.conversations.setMemory(conversation.id, reply.memory, reply.trace.language);
  if (handedOverTo) {
    await ctx.conversations.setOwner(conversation.id, handedOverTo);
    await ctx.conversations.raiseAttention(conversation.id, 'hand_over');
    await ctx.events.appendMany([
      { type: 'conversation.owner_changed', conversationId: conversation.id, data: { owner: 'member' } },
      { type: 'attention.raised', conversationId: conversation.id, data: { reason: 'hand_over' } },
    ]);
  }
  // Last of all: from here on the words count as dealt with.
  await ctx.messages.cover(conversation.id, messageIds, planned ? { by: outboundId } : { reason: coverReason ?? 'filtered' });
  // On web chat nothing carries the words but the browser's own request and stream: they are out once they are written.
  if (planned && isOnWeb && !isTakenOver) await deliverMessage(ctx, { outboundId });
  ctx.log.info(
    {
      conversationId: conversation.id,
      turnId,
      intent: reply.intent,
      assistant: reply.trace.assistant,
      covers: messageIds.length,
      ms: reply.trace.ms,
      customerId: customer.id,
    },
    'reply composed',
  );
  return {
    turnId,
    owner: handedOverTo ? ASSISTANT : conversation.owner,
    handedOverTo,
    outbound: planned ? [outboundId] : [],
    mustSend: mayReachOptedOut,
    answer: planned && isOnWeb ? { outboundId, text: planned.content, quickReplies: reply.quickReplies } : undefined,
  };
}
