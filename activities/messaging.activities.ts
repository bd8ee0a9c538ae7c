import type { Installation } from '#services/context';
import { deliverMessage } from '#services/messages/deliver-message';
import { expireParkedMessage, parkMessage } from '#services/messages/park-message';
import { reconcileMessage } from '#services/messages/reconcile-message';
import type { MessagingActivities } from '#workflows/contracts/activities';
import { asActivity } from './activity-scope.ts';

/** Sending, and looking whether something was sent. */
export const messagingActivities = (installation: Installation): MessagingActivities => ({
  deliver: ({ businessId, ...input }) => asActivity(installation, businessId, (ctx) => deliverMessage(ctx, input)),
  reconcile: ({ businessId, ...input }) => asActivity(installation, businessId, (ctx) => reconcileMessage(ctx, input)),
  park: ({ businessId, ...input }) => asActivity(installation, businessId, (ctx) => parkMessage(ctx, input)),
  expireParked: ({ businessId, ...input }) => asActivity(installation, businessId, (ctx) => expireParkedMessage(ctx, input)),
});
