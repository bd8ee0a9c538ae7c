import type { ConversationId } from '#domain/ids';
import type { EventRecord } from '#models/events.repository';
import type { ServiceContext } from '../context.ts';
import type { ChatMessage } from './chat-message.ts';
import { isVisibleToVisitor, toChatMessage } from './chat-message.ts';

/** The message an event made visible to the visitor of this conversation; null when it did not. */
export async function newChatMessage(
  ctx: ServiceContext,
  { event, conversationId }: { event: Pick<EventRecord, 'type' | 'conversationId' | 'data'>; conversationId: ConversationId },
): Promise<ChatMessage | null> {
  const { messageId } = event.data;
  if (event.conversationId !== conversationId || !event.type.startsWith('message.') || typeof messageId !== 'string') return null;
  // Events of inbound messages carry the browser's own id, those of outbound messages the row's.
  const message = await ctx.messages.get(event.type === 'message.received' ? `${conversationId}.${messageId}` : messageId);
  return message && message.conversationId === conversationId && isVisibleToVisitor(message) ? toChatMessage(message) : null;
}
