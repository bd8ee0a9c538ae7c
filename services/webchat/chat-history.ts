import type { ServiceContext } from '../context.ts';
import type { ChatMessage } from './chat-message.ts';
import { isVisibleToVisitor, toChatMessage } from './chat-message.ts';
import { chatConversationId } from './visitor-address.ts';

/** The newest page first, each page oldest first; `nextCursor` leads to older ones. @throws Failure `cursor.invalid`. */
export async function chatHistory(
  ctx: ServiceContext,
  { visitorAddress, cursor, limit }: { visitorAddress: string; cursor?: string; limit: number },
): Promise<{ items: ChatMessage[]; nextCursor: string | null }> {
  const { items, nextCursor } = await ctx.messages.listByConversation({
    conversationId: chatConversationId(ctx, visitorAddress),
    cursor,
    limit,
    newestFirst: true,
  });
  return { items: items.filter(isVisibleToVisitor).map(toChatMessage).reverse(), nextCursor };
}
