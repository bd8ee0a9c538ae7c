import type { QuickReply } from '#domain/assistant/assistant.port';
import { notFound } from '#domain/failure';
import type { MemberId, OutboundId, TurnId } from '#domain/ids';
import type { Conversation } from '#models/conversation';
import type { Message } from '#models/message';
import type { ServiceContext } from '../context.ts';

export interface PlanOutboundInput {
  outboundId: OutboundId;
  turnId?: TurnId;
  conversation: Conversation;
  role: 'assistant' | 'member' | 'system';
  text: string;
  quickReplies?: QuickReply[];
  memberId?: MemberId;
  /** The one text that may go to somebody who just opted out: the confirmation of it. */
  mayReachOptedOut?: boolean;
}

/**
 * Writes the row of an outbound message; nothing is sent. Safe to retry: a row that exists stays as it is.
 * Returns the text as it was written first.
 */
export async function planOutbound(ctx: ServiceContext, input: PlanOutboundInput): Promise<Message> {
  const { conversation, outboundId, role, text, turnId, quickReplies, memberId, mayReachOptedOut } = input;
  const at = ctx.clock.now();
  const inserted = await ctx.messages.insertPlanned([
    {
      id: outboundId,
      conversationId: conversation.id,
      customerId: conversation.customerId,
      role,
      content: text,
      turnId,
      occurredAt: at,
      metadata: { quickReplies, memberId, mayReachOptedOut },
    },
  ]);
  if (inserted > 0) {
    await ctx.conversations.noteOutbound(conversation.id, { at, preview: text, role });
    await ctx.events.append({ type: 'message.planned', conversationId: conversation.id, data: { messageId: outboundId, role } });
  }
  const message = await ctx.messages.get(outboundId);
  if (!message) throw notFound('message');
  return message;
}
