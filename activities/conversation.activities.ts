import type { Installation } from '#services/context';
import { raiseReplyOverdue, recordOwner } from '#services/conversations/change-owner';
import { composeReply } from '#services/messages/compose-reply';
import { dropReply } from '#services/messages/drop-reply';
import { planNotice } from '#services/messages/plan-notice';
import type { ConversationActivities } from '#workflows/contracts/activities';
import { asActivity } from './activity-scope.ts';

/** What a conversation does besides sending. */
export const conversationActivities = (installation: Installation): ConversationActivities => ({
  composeReply: ({ conversation, messages, supersedes }) =>
    asActivity(installation, conversation.businessId, (ctx, signal) => composeReply(ctx, { ...conversation, messages, supersedes, signal })),
  dropReply: ({ conversation, ...input }) => asActivity(installation, conversation.businessId, (ctx) => dropReply(ctx, { ...conversation, ...input })),
  changeOwner: ({ conversation, owner }) => asActivity(installation, conversation.businessId, (ctx) => recordOwner(ctx, { ...conversation, owner })),
  raiseReplyOverdue: ({ conversation, unansweredSinceMs }) =>
    asActivity(installation, conversation.businessId, (ctx) => raiseReplyOverdue(ctx, { ...conversation, unansweredSinceMs })),
  planNotice: ({ conversation, ...input }) => asActivity(installation, conversation.businessId, (ctx) => planNotice(ctx, { ...conversation, ...input })),
});
