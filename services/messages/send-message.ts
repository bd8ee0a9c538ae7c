import { Failure, notFound } from '#domain/failure';
import type { ConversationId, MemberId, OutboundId } from '#domain/ids';
import type { Message } from '#models/message';
import { deliverOutbound } from '#workflows/contracts/conversation';
import type { ServiceContext } from '../context.ts';
import type { ConversationAddress } from '../conversations/conversation-address.ts';
import { updateConversation } from '../conversations/conversation-workflow.ts';
import { takeOver } from '../conversations/take-over.ts';
import { planOutbound } from './plan-outbound.ts';

const UPDATE_WITHIN_MS = 5_000;

export interface SendMessageInput {
  conversationId: ConversationId;
  text: string;
  /** The client's own id for this message: sending it again is the same message. */
  clientId: string;
  role: 'member' | 'system';
  memberId?: MemberId;
}

/**
 * Writes a message of staff or the system and hands it to the conversation, which delivers it in order.
 * A member who writes takes the conversation over. Safe to retry with the same `clientId`.
 * @throws Failure not_found, conflict `message.opted_out`, unavailable `workflow.unreachable`.
 */
export async function sendMessage(ctx: ServiceContext, { conversationId, text, clientId, role, memberId }: SendMessageInput): Promise<Message> {
  const conversation = await ctx.conversations.get(conversationId);
  if (!conversation) throw notFound('conversation');
  const { channel, customerAddress, businessAddress } = conversation;
  if (await ctx.optOuts.isOptedOut({ channel, address: customerAddress, businessAddress })) {
    throw new Failure('conflict', 'message.opted_out', 'This customer has opted out of messages.');
  }
  const outboundId = `${conversationId}.staff-${clientId}.0` as OutboundId;
  await planOutbound(ctx, { outboundId, conversation, role, text, memberId });
  if (role === 'member' && memberId && !isOwnedBy(conversation.owner, memberId))
    await takeOver(ctx, { conversationId, memberId, requestId: `send-${clientId}` });
  await handToWorkflow(ctx, conversation, outboundId, `deliver-${clientId}`);
  const message = await ctx.messages.get(outboundId);
  if (!message) throw notFound('message');
  return message;
}

const isOwnedBy = (owner: { type: string; memberId?: MemberId | null }, memberId: MemberId): boolean => owner.type === 'member' && owner.memberId === memberId;

/** Tells the conversation to deliver a row that is written. Safe to repeat: the row is sent once. */
export async function handToWorkflow(ctx: ServiceContext, address: ConversationAddress, outboundId: OutboundId, updateId: string): Promise<void> {
  const { channel, customerAddress, businessAddress } = address;
  await updateConversation(ctx, { channel, customerAddress, businessAddress }, deliverOutbound, {
    args: [{ outboundId }],
    updateId,
    withinMs: UPDATE_WITHIN_MS,
  });
}
