import type { ConversationId, TurnId } from '#domain/ids';
import type { CoverReason } from '#domain/messages/inbound';
import type { ServiceContext } from '../context.ts';

export interface DropReplyInput {
  conversationId: ConversationId;
  turnId: TurnId;
  messageIds: string[];
  reason: CoverReason;
}

/** The reply of this turn is not sent; its messages are done for the stated reason instead. Safe to retry. */
export async function dropReply(ctx: ServiceContext, { conversationId, turnId, messageIds, reason }: DropReplyInput): Promise<void> {
  await ctx.messages.supersedeTurn(turnId);
  await ctx.messages.cover(conversationId, messageIds, { reason });
  await ctx.events.append({ type: 'message.dropped', conversationId, data: { turnId, reason } });
}
