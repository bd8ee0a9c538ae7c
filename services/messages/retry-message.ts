import { randomUUID } from 'node:crypto';
import { Failure, notFound } from '#domain/failure';
import type { ConversationId, OutboundId } from '#domain/ids';
import type { Message } from '#models/message';
import type { ServiceContext } from '../context.ts';
import { handToWorkflow } from './send-message.ts';

/**
 * Sends a failed or parked message again: a new attempt of the same row.
 * @throws Failure not_found, conflict `message.not_retryable` when it is on its way or was delivered.
 */
export async function retryMessage(
  ctx: ServiceContext,
  { conversationId, messageId }: { conversationId: ConversationId; messageId: string },
): Promise<Message> {
  const [conversation, message] = await Promise.all([ctx.conversations.get(conversationId), ctx.messages.get(messageId)]);
  if (!conversation) throw notFound('conversation');
  if (!message || message.conversationId !== conversationId || message.direction !== 'outbound') throw notFound('message');
  const outboundId = message.id as OutboundId;
  if (!(await ctx.messages.revive(outboundId)))
    throw new Failure('conflict', 'message.not_retryable', 'This message is on its way already, or has been delivered.');
  await ctx.conversations.clearAttention(conversationId);
  await ctx.events.append({ type: 'message.status', conversationId, data: { messageId, outcome: 'retrying' }, actor: ctx.actor });
  await handToWorkflow(ctx, conversation, outboundId, `retry-${randomUUID()}`);
  return (await ctx.messages.get(messageId)) ?? message;
}
