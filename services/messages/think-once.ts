import type { Reply, ReplyContext } from '#domain/assistant/assistant.port';
import type { TurnId } from '#domain/ids';
import { inboundRowId } from '#domain/ids';
import type { InboundMessage } from '#domain/messages/inbound';
import type { Conversation } from '#models/conversation';
import type { Customer } from '#models/customers.repository';
import type { ServiceContext } from '../context.ts';

interface ThinkOnceInput {
  conversation: Conversation;
  customer: Customer;
  open: InboundMessage[];
  turnId: TurnId;
  signal: AbortSignal;
}

/** Asks the assistant and stores what it said before anything is done with it: a retry never pays twice and never differs. */
export async function thinkOnce(ctx: ServiceContext, { conversation, customer, open, turnId, signal }: ThinkOnceInput): Promise<Reply> {
  const known = await ctx.turns.get(turnId);
  if (known) return known.reply;
  const reply = await ctx.assistant.reply(await contextOf(ctx, { conversation, customer, open, signal }));
  const stored = await ctx.turns.saveIfAbsent({
    turnId,
    conversationId: conversation.id,
    customerId: customer.id,
    messageIds: open.map((message) => message.messageId),
    reply,
  });
  return stored.reply;
}

async function contextOf(ctx: ServiceContext, { conversation, customer, open, signal }: Omit<ThinkOnceInput, 'turnId'>): Promise<ReplyContext> {
  const nowMs = ctx.clock.nowMs();
  const [business, history] = await Promise.all([
    ctx.business.profile(),
    ctx.messages.contextOf({
      conversationId: conversation.id,
      from: conversation.contextFrom,
      before: ctx.clock.now(),
      limit: ctx.config.maxContextMessages,
      except: open.map((message) => inboundRowId(conversation.id, message.messageId)),
    }),
  ]);
  return {
    business,
    channel: conversation.channel,
    nowMs,
    history: history.map((message) => ({ role: message.role, text: message.content, atMs: message.occurredAt.getTime() })),
    turn: open.map((message) => ({ text: message.text, media: message.media.length, buttonPayload: message.buttonPayload })),
    memory: conversation.memory,
    customerName: customer.displayName,
    signal,
  };
}
