import { notFound } from '#domain/failure';
import type { ConversationId } from '#domain/ids';
import { conversationWorkflowId } from '#workflows/contracts/conversation';
import type { ServiceContext } from '../context.ts';
import type { ConversationView } from './conversation-view.ts';
import { existingConversation, viewsOf } from './conversation-view.ts';

/** One conversation, and where its workflow can be watched. @throws Failure `conversation.not_found`. */
export async function getConversation(
  ctx: ServiceContext,
  { conversationId }: { conversationId: ConversationId },
): Promise<ConversationView & { workflow: { id: string; url: string | null } }> {
  const [view] = await viewsOf(ctx, [await existingConversation(ctx, conversationId)]);
  if (!view) throw notFound('conversation');
  const id = conversationWorkflowId(ctx.businessId, conversationId);
  return { ...view, workflow: { id, url: ctx.temporal.urlOf(id) ?? null } };
}
