// What the worker registers: the names of these functions are the workflow types.
export { conversation } from './conversation.workflow.ts';
export { cleanUpExpiredConversations, reconcileInboundMessages, sweep } from './maintenance.workflows.ts';
export { parkedDelivery } from './parked-delivery.workflow.ts';
