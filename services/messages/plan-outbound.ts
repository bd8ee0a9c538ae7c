import type { QuickReply } from '#domain/assistant/assistant.port';
import type { MemberId, OutboundId, TurnId } from '#domain/ids';
import type { Conversation } from '#models/conversation';
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
export async function planOutbound(ctx: ServiceContext, input: PlanOutboundInput): Promise<{ content: string }> {
  const { conversation, outboundId, role, text, turnId, quickReplies, memberId, mayReachOptedOut } = input;
  const at = ctx.clock.now();
  const metadata = { quickReplies, memberId, mayReachOptedOut };
  const row = { id: outboundId, conversationId: conversation.id, customerId: conversation.customerId, role, content: text, turnId, occurredAt: at, metadata };
  const isNew = (await ctx.messages.insertPlanned([row])) > 0;
  await Promise.all([
    // Again on a retry: a process may have died between the row and its preview.
    ctx.conversations.noteOutbound(conversation.id, { at, preview: text, role }),
    isNew ? ctx.events.append({ type: 'message.planned', conversationId: conversation.id, data: { messageId: outboundId, role } }) : undefined,
  ]);
  return isNew ? { content: text } : { content: (await ctx.messages.get(outboundId))?.content ?? text };
}
