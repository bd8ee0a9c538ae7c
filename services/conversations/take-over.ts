import type { Owner } from '#domain/conversations/owner';
import { notFound } from '#domain/failure';
import type { ConversationId, MemberId } from '#domain/ids';
import { handBack as handBackUpdate, takeOver as takeOverUpdate } from '#workflows/contracts/conversation';
import type { ServiceContext } from '../context.ts';
import { updateConversation } from './conversation-workflow.ts';
import { whenUnreachable } from './workflow-unreachable.ts';

const UPDATE_WITHIN_MS = 10_000;

/**
 * A member answers from here on; a reply being written is dropped. Safe to retry with the same `requestId`.
 * @throws Failure not_found, unavailable `workflow.unreachable` when no worker confirmed it in time (it may still happen).
 */
export async function takeOver(ctx: ServiceContext, input: { conversationId: ConversationId; memberId: MemberId; requestId: string }): Promise<Owner> {
  const conversation = await ctx.conversations.get(input.conversationId);
  if (!conversation) throw notFound('conversation');
  return await updateConversation(ctx, conversation, takeOverUpdate, {
    args: [{ memberId: input.memberId }],
    updateId: `take-over-${input.requestId}`,
    withinMs: UPDATE_WITHIN_MS,
  }).catch(whenUnreachable);
}

/** The assistant answers again. Safe to retry with the same `requestId`. @throws as `takeOver`. */
export async function handBack(ctx: ServiceContext, input: { conversationId: ConversationId; memberId: MemberId | null; requestId: string }): Promise<Owner> {
  const conversation = await ctx.conversations.get(input.conversationId);
  if (!conversation) throw notFound('conversation');
  return await updateConversation(ctx, conversation, handBackUpdate, {
    args: [{ memberId: input.memberId }],
    updateId: `hand-back-${input.requestId}`,
    withinMs: UPDATE_WITHIN_MS,
  }).catch(whenUnreachable);
}
