import type { z } from 'zod';
import { windowEndsAt } from '#domain/messages/whatsapp-window';
import type { ConversationView } from '#services/conversations/conversation-view';
import type { ConversationSummary, OwnerSummary } from '../contracts/conversation.contract.ts';

export const iso = (at: Date | undefined | null): string | null => at?.toISOString() ?? null;

export function presentConversation({ conversation, customer, ownerName }: ConversationView): z.input<typeof ConversationSummary> {
  const { attention, preview, language } = conversation;
  const windowEnd = conversation.channel === 'whatsapp' ? windowEndsAt(conversation.lastInboundAt) : null;
  return {
    id: conversation.id,
    customer: { id: conversation.customerId, name: customer?.displayName ?? null, phone: customer?.phone ?? null, email: customer?.email ?? null },
    channel: conversation.channel,
    businessNumber: conversation.businessAddress,
    status: conversation.status,
    owner: presentOwner(conversation.owner, ownerName),
    unreadCount: conversation.unreadCount,
    attention: attention ? { reason: attention.reason, since: attention.since.toISOString() } : null,
    lastMessage: preview ? { text: preview.text, role: preview.role, at: conversation.lastMessageAt.toISOString() } : null,
    lastInboundAt: iso(conversation.lastInboundAt),
    windowEndsAt: iso(windowEnd),
    language: language === 'nl' || language === 'en' ? language : null,
  };
}

export const presentOwner = (owner: ConversationView['conversation']['owner'], name: string | null): z.input<typeof OwnerSummary> =>
  owner.type === 'assistant' ? { type: 'assistant' } : { type: 'member', memberId: owner.memberId, name };
