import type { ConversationId } from '#domain/ids';
import type { ServiceContext } from '../context.ts';
import { existingConversation } from './conversation-view.ts';

/** The assistant forgets what was said and what it remembered; the messages stay. Safe to retry. @throws Failure `conversation.not_found`. */
export async function resetContext(ctx: ServiceContext, { conversationId }: { conversationId: ConversationId }): Promise<void> {
  await existingConversation(ctx, conversationId);
  await ctx.conversations.startContextAt(conversationId, ctx.clock.now());
  await ctx.events.append({ type: 'conversation.updated', conversationId, data: { change: 'context_reset' }, actor: ctx.actor });
}
