import type { z } from 'zod';
import { ruleForTwilioError } from '#domain/messages/twilio-errors';
import type { MessageView } from '#services/conversations/list-messages';
import type { ChatMessage as ChatMessageView } from '#services/webchat/chat-message';
import type { ChatMessage } from '../contracts/chat.contract.ts';
import type { Message } from '../contracts/message.contract.ts';
import { iso } from './conversation.ts';

type Language = 'nl' | 'en';

/** `language` is the business's: reasons are told in words it reads. */
export function presentMessage({ message, memberName }: MessageView, language: Language): z.input<typeof Message> {
  return {
    id: message.id,
    conversationId: message.conversationId,
    direction: message.direction,
    role: message.role,
    text: message.content,
    media: message.metadata.media ?? [],
    quickReplies: message.metadata.quickReplies ?? [],
    at: message.occurredAt.toISOString(),
    coveredBy: message.coveredBy ?? null,
    coverReason: message.coverReason ?? null,
    turnId: message.turnId ?? null,
    delivery: presentDelivery(message, language),
    status: message.status ?? null,
    statusHistory: message.statusHistory.map(({ status, at }) => ({ status, at: at.toISOString() })),
    memberName,
  };
}

function presentDelivery({ delivery, statusHistory }: MessageView['message'], language: Language): z.input<typeof Message>['delivery'] {
  if (!delivery) return null;
  // Twilio may accept a message and report its failure later.
  const code = delivery.errorCode ?? statusHistory.findLast(({ errorCode }) => errorCode !== undefined)?.errorCode;
  const hasFailed = code !== undefined || delivery.state === 'failed';
  return {
    state: delivery.state,
    attempts: delivery.attempts,
    waitsFor: delivery.waitsFor ?? null,
    nextTryAt: iso(delivery.nextTryAt),
    error: hasFailed ? { code: code ?? null, text: ruleForTwilioError(code).words[language] } : null,
  };
}

export const presentChatMessage = ({ at, ...message }: ChatMessageView): z.input<typeof ChatMessage> => ({ ...message, at: at.toISOString() });
