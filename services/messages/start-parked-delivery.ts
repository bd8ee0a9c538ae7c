import { notFound } from '#domain/failure';
import type { ConversationId, OutboundId } from '#domain/ids';
import { CONVERSATIONS_QUEUE } from '#workflows/contracts/conversation';
import type { ParkedDeliveryInput } from '#workflows/contracts/parked-delivery';
import { PARKED_DELIVERY_WORKFLOW, parkedDeliveryWorkflowId } from '#workflows/contracts/parked-delivery';
import type { ServiceContext } from '../context.ts';
import { timingsFor } from '../conversations/conversation-address.ts';

/** Starts the slow tries of a parked message; a message whose tries go on already keeps them. Safe to retry. */
export async function startParkedDelivery(ctx: ServiceContext, outboundId: OutboundId, conversationId: ConversationId): Promise<void> {
  const conversation = await ctx.conversations.get(conversationId);
  if (!conversation) throw notFound('conversation');
  const queuePrefix = ctx.config.taskQueuePrefix;
  const input: ParkedDeliveryInput = { businessId: ctx.businessId, outboundId, queuePrefix, timings: timingsFor(ctx.config, conversation.channel) };
  await ctx.temporal.client.workflow.start<(input: ParkedDeliveryInput) => Promise<void>>(PARKED_DELIVERY_WORKFLOW, {
    workflowId: parkedDeliveryWorkflowId(ctx.businessId, outboundId),
    taskQueue: queuePrefix + CONVERSATIONS_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}
