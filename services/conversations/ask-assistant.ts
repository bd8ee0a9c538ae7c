import { WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import type { InboundMessage } from '#domain/messages/inbound';
import type { ChatAnswer } from '#workflows/contracts/conversation';
import { askAssistant as askAssistantUpdate } from '#workflows/contracts/conversation';
import type { ServiceContext } from '../context.ts';
import type { ConversationAddress } from './conversation-address.ts';
import { updateConversation } from './conversation-workflow.ts';
import { isUnreachable, whenUnreachable } from './workflow-unreachable.ts';

export interface AskAssistantInput {
  conversation: ConversationAddress;
  message: InboundMessage;
  /** How long the browser's request may wait for the words. */
  waitMs: number;
}

/**
 * Web chat: hands a message to the conversation and waits for the answer.
 * `again` means: not within the time, ask once more with the same message id. Safe to repeat.
 * @throws Failure unavailable `workflow.unreachable` when Temporal took nothing.
 */
export async function askAssistant(ctx: ServiceContext, { conversation, message, waitMs }: AskAssistantInput): Promise<ChatAnswer> {
  try {
    return await updateConversation(ctx, conversation, askAssistantUpdate, { args: [message], updateId: message.messageId, withinMs: waitMs });
  } catch (thrown) {
    if (thrown instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { state: 'again' };
    if (isUnreachable(thrown)) return whenUnreachable(thrown);
    throw thrown;
  }
}
