import type { QuickReply } from '#domain/assistant/assistant.port';
import type { Message, MessageRole } from '#models/message';

/** A message as the visitor sees it: nothing about how it came to be. */
export interface ChatMessage {
  id: string;
  role: MessageRole;
  text: string;
  quickReplies?: QuickReply[];
  at: Date;
}

/** What a visitor may see: their own words, and what was published to them; never a reply that was dropped or is not out yet. */
export const isVisibleToVisitor = (message: Message): boolean => message.direction === 'inbound' || message.delivery?.state === 'accepted';

/** A visitor's own message keeps the id their browser gave it, so that the page recognises it. */
export const toChatMessage = (message: Message): ChatMessage => ({
  id: message.messageId ?? message.id,
  role: message.role,
  text: message.content,
  ...(message.metadata.quickReplies?.length ? { quickReplies: message.metadata.quickReplies } : {}),
  at: message.occurredAt,
});
