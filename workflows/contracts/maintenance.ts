export interface MaintenanceInput {
  queuePrefix: string;
}

export const SWEEP_WORKFLOW = 'sweep';
export const RECONCILE_INBOUND_WORKFLOW = 'reconcileInboundMessages';
export const CLEAN_UP_WORKFLOW = 'cleanUpExpiredConversations';
