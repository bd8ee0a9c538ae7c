import { QueryNotRegisteredError, WorkflowNotFoundError } from '@temporalio/client';
import { Failure, notFound } from '#domain/failure';
import type { ConversationId } from '#domain/ids';
import type { LiveConversation } from '#workflows/contracts/conversation';
import { liveConversation } from '#workflows/contracts/conversation';
import type { ServiceContext } from '../context.ts';
import { conversationHandle } from './conversation-workflow.ts';
import { isUnreachable } from './workflow-unreachable.ts';

const QUERY_WITHIN_MS = 3_000;

export interface LiveState extends LiveConversation {
  /** false: the conversation sleeps; the next message starts a new run. */
  running: boolean;
  workflowUrl: string | null;
}

/**
 * What the conversation does at this moment, asked of its workflow.
 * @throws Failure not_found, unavailable `workflow.unreachable` when no worker answers within three seconds.
 */
export async function liveState(ctx: ServiceContext, { conversationId }: { conversationId: ConversationId }): Promise<LiveState> {
  const conversation = await ctx.conversations.get(conversationId);
  if (!conversation) throw notFound('conversation');
  const handle = conversationHandle(ctx, conversationId);
  const workflowUrl = ctx.temporal.urlOf(handle.workflowId) ?? null;
  const asleep: LiveState = {
    running: false,
    workflowUrl,
    owner: conversation.owner.type,
    doing: 'idle',
    waitingMessages: 0,
    turns: 0,
    lastActivityAtMs: conversation.lastMessageAt.getTime(),
  };
  try {
    const live = await ctx.temporal.client.withDeadline(Date.now() + QUERY_WITHIN_MS, async () => {
      const { status } = await handle.describe();
      return status.name === 'RUNNING' ? await handle.query(liveConversation) : undefined;
    });
    return live ? { ...live, running: true, workflowUrl } : asleep;
  } catch (thrown) {
    if (thrown instanceof WorkflowNotFoundError || thrown instanceof QueryNotRegisteredError) return asleep;
    if (isUnreachable(thrown)) throw new Failure('unavailable', 'workflow.unreachable', 'Nobody answers for this conversation just now.');
    throw thrown;
  }
}
