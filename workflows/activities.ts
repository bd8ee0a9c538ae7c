import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { ConversationActivities, MaintenanceActivities, MessagingActivities } from './contracts/activities.ts';
import { CONVERSATIONS_QUEUE, MESSAGING_QUEUE } from './contracts/conversation.ts';

/** A worker that vanished in the middle of an activity is noticed after this long. */
const HEARTBEAT = '6 seconds';
const RETRY = { initialInterval: '500 milliseconds', maximumInterval: '10 seconds' } as const;

export type ConversationSteps = ConversationActivities & MessagingActivities;

/**
 * Activities that write are retried for as long as it takes: losing words is not an option.
 * `replyWithinMs` is the exception: a reply that takes longer alerts staff, and is then tried again.
 * An assistant that answers at once composes as a local activity, within the workflow task: five events fewer per turn.
 * One that may think for seconds must not hold the task up, and is an activity of its own.
 */
export function activitiesOf(queuePrefix: string, { replyWithinMs, thinksInline }: { replyWithinMs: number; thinksInline: boolean }): ConversationSteps {
  const onConversations = {
    taskQueue: queuePrefix + CONVERSATIONS_QUEUE,
    startToCloseTimeout: '60 seconds',
    heartbeatTimeout: HEARTBEAT,
    retry: RETRY,
  } as const;
  const { composeReply } = thinksInline
    ? proxyLocalActivities<ConversationActivities>({ startToCloseTimeout: '10 seconds', scheduleToCloseTimeout: replyWithinMs, retry: RETRY })
    : proxyActivities<ConversationActivities>({ ...onConversations, scheduleToCloseTimeout: replyWithinMs });
  const conversation = proxyActivities<ConversationActivities>(onConversations);
  const messaging = proxyActivities<MessagingActivities>({ ...onConversations, taskQueue: queuePrefix + MESSAGING_QUEUE, startToCloseTimeout: '30 seconds' });
  return {
    composeReply,
    dropReply: conversation.dropReply,
    changeOwner: conversation.changeOwner,
    raiseReplyOverdue: conversation.raiseReplyOverdue,
    planNotice: conversation.planNotice,
    deliver: messaging.deliver,
    reconcile: messaging.reconcile,
    park: messaging.park,
    expireParked: messaging.expireParked,
  };
}

export const maintenanceActivitiesOf = (queuePrefix: string): MaintenanceActivities =>
  proxyActivities<MaintenanceActivities>({
    taskQueue: queuePrefix + CONVERSATIONS_QUEUE,
    startToCloseTimeout: '2 minutes',
    scheduleToCloseTimeout: '10 minutes',
    heartbeatTimeout: HEARTBEAT,
    retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
  });
