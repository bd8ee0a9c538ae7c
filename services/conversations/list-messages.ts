import type { ConversationId } from '#domain/ids';
import type { Message } from '#models/message';
import type { ServiceContext } from '../context.ts';
import { existingConversation, memberNames } from './conversation-view.ts';

export interface MessageView {
  message: Message;
  memberName: string | null;
}

/**
 * The newest page first, each page oldest first; `nextCursor` leads to older ones. Replies that were dropped before they went out are left out.
 * @throws Failure `conversation.not_found`, `cursor.invalid`.
 */
export async function listMessages(
  ctx: ServiceContext,
  { conversationId, cursor, limit }: { conversationId: ConversationId; cursor?: string; limit: number },
): Promise<{ items: MessageView[]; nextCursor: string | null }> {
  await existingConversation(ctx, conversationId);
  const page = await ctx.messages.listByConversation({ conversationId, cursor, limit, newestFirst: true });
  const shown = page.items.filter((message) => message.delivery?.state !== 'superseded').reverse();
  return { items: await messageViews(ctx, shown), nextCursor: page.nextCursor };
}

/** Adds the names of members who wrote. */
export async function messageViews(ctx: ServiceContext, messages: readonly Message[]): Promise<MessageView[]> {
  const names = messages.some(({ metadata }) => metadata.memberId) ? await memberNames(ctx) : new Map<string, string>();
  return messages.map((message) => ({ message, memberName: message.metadata.memberId ? (names.get(message.metadata.memberId) ?? null) : null }));
}
