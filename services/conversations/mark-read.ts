import type { ConversationId } from '#domain/ids';
import type { ServiceContext } from '../context.ts';
import { existingConversation } from './conversation-view.ts';

/** Nothing in this conversation is unread any more; other open pages are told. Safe to retry. @throws Failure `conversation.not_found`. */
export async function markRead(ctx: ServiceContext, { conversationId }: { conversationId: ConversationId }): Promise<void> {
  const { unreadCount } = await existingConversation(ctx, conversationId);
  if (unreadCount === 0) return;
  await ctx.conversations.markRead(conversationId);
  await ctx.events.append({ type: 'conversation.updated', conversationId, data: { change: 'read' }, actor: ctx.actor });
}
