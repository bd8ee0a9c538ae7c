import type { WorkflowHandle, WorkflowStartOptions } from '@temporalio/client';
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { InboundMessage } from '#domain/messages/inbound';
import type { ConversationInput } from '#workflows/contracts/conversation';
import { CONVERSATION_WORKFLOW, CONVERSATIONS_QUEUE, conversationWorkflowId, messageReceived } from '#workflows/contracts/conversation';
import type { ServiceContext } from '../context.ts';
import type { ConversationAddress } from './conversation-address.ts';
import { conversationIdOf, timingsFor } from './conversation-address.ts';

type ConversationWorkflow = (input: ConversationInput) => Promise<void>;

const BUSINESS_ID = defineSearchAttributeKey('BusinessId', 'KEYWORD');
const CHANNEL = defineSearchAttributeKey('Channel', 'KEYWORD');

/** Everything that reaches a conversation may have to start it, so every start is this one. */
function startOptions(ctx: ServiceContext, address: ConversationAddress) {
  const conversationId = conversationIdOf(ctx, address);
  const input: ConversationInput = {
    businessId: ctx.businessId,
    conversationId,
    ...address,
    timings: timingsFor(ctx.config, address.channel),
    thinksInline: ctx.assistant.name === 'built-in',
    queuePrefix: ctx.config.taskQueuePrefix,
  };
  return {
    workflowId: conversationWorkflowId(ctx.businessId, conversationId),
    taskQueue: ctx.config.taskQueuePrefix + CONVERSATIONS_QUEUE,
    args: [input] as [ConversationInput],
    typedSearchAttributes: [
      { key: BUSINESS_ID, value: ctx.businessId },
      { key: CHANNEL, value: address.channel },
    ],
    priority: { priorityKey: address.channel === 'web' ? 2 : 3, fairnessKey: ctx.businessId },
    workflowIdConflictPolicy: 'USE_EXISTING',
  } satisfies WorkflowStartOptions<ConversationWorkflow>;
}

/** Durable when it resolves, with or without a worker. Safe to repeat: the workflow takes each message id once. */
export async function signalMessage(ctx: ServiceContext, address: ConversationAddress, message: InboundMessage, withinMs: number): Promise<void> {
  await ctx.temporal.client.withDeadline(Date.now() + withinMs, () =>
    ctx.temporal.client.workflow.signalWithStart<ConversationWorkflow, [InboundMessage]>(CONVERSATION_WORKFLOW, {
      ...startOptions(ctx, address),
      signal: messageReceived,
      signalArgs: [message],
    }),
  );
}

/**
 * Sends an update, starting the conversation if it sleeps, and waits for its result.
 * A retry with the same `updateId` is the same update. Past the deadline the outcome is unknown, not "not done".
 * @throws WorkflowUpdateRPCTimeoutOrCancelledError past the deadline.
 */
export async function updateConversation<Result, Args extends unknown[]>(
  ctx: ServiceContext,
  address: ConversationAddress,
  update: UpdateDefinition<Result, Args>,
  options: { args: Args; updateId: string; withinMs: number },
): Promise<Result> {
  const { client } = ctx.temporal;
  const startWorkflowOperation = new WithStartWorkflowOperation<ConversationWorkflow>(CONVERSATION_WORKFLOW, startOptions(ctx, address));
  return await client.withDeadline(Date.now() + options.withinMs, () =>
    client.workflow.executeUpdateWithStart<ConversationWorkflow, Result, Args>(update, {
      args: options.args,
      updateId: options.updateId,
      startWorkflowOperation,
    }),
  );
}

export const conversationHandle = (ctx: ServiceContext, conversationId: string): WorkflowHandle<ConversationWorkflow> =>
  ctx.temporal.client.workflow.getHandle<ConversationWorkflow>(`conversation:${ctx.businessId}:${conversationId}`);
