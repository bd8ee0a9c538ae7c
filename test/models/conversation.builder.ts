import { randomBytes } from 'node:crypto';
import type { ConversationId, CustomerId, OutboundId, TurnId } from '#domain/ids';
import { outboundIdOf, turnIdOf } from '#domain/ids';
import type { InboundMessage } from '#domain/messages/inbound';
import type { Conversation } from '#models/conversation';
import type { Customer } from '#models/customers.repository';
import type { PlannedMessage } from '#models/message';
import type { BusinessRepositories } from '#models/repositories';

let counter = 0;
/** Unlike any other in this run. */
export const unique = (): string => {
  counter += 1;
  return `${counter}${randomBytes(4).toString('hex')}`;
};

export const aSid = (): string => `SM${randomBytes(16).toString('hex')}`;
export const aPhone = (): string => `+316${String(10_000_000 + Math.floor(Math.random() * 89_999_999))}`;
export const BUSINESS_NUMBER = '+31201234567';

export const aText = (text = 'Ik zoek een Volkswagen Golf', more: Partial<InboundMessage> = {}): InboundMessage => ({
  messageId: aSid(),
  text,
  media: [],
  receivedAtMs: Date.now(),
  kind: 'text',
  ...more,
});

export async function aConversation(
  business: BusinessRepositories,
  more: { phone?: string; at?: Date } = {},
): Promise<{ customer: Customer; conversation: Conversation; id: ConversationId }> {
  const phone = more.phone ?? aPhone();
  const customer = await business.customers.findOrCreate({ channel: 'whatsapp', address: phone });
  const id = `conv-${unique()}` as ConversationId;
  const conversation = await business.conversations.ensure({
    id,
    customerId: customer.id,
    channel: 'whatsapp',
    customerAddress: phone,
    businessAddress: BUSINESS_NUMBER,
    at: more.at ?? new Date(),
  });
  return { customer, conversation, id };
}

export function aReply(
  { id, customerId }: { id: ConversationId; customerId: CustomerId },
  more: Partial<PlannedMessage> = {},
): PlannedMessage & { id: OutboundId; turnId: TurnId } {
  const turnId = more.turnId ?? turnIdOf(id, aSid());
  return {
    conversationId: id,
    customerId,
    role: 'assistant',
    content: 'We hebben drie Golfs voor u staan.',
    ...more,
    turnId,
    id: more.id ?? outboundIdOf(turnId, 0),
  };
}
