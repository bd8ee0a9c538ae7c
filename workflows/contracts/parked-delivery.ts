import type { ConversationTimings } from '#domain/conversations/timings';
import type { BusinessId, OutboundId } from '#domain/ids';

export const PARKED_DELIVERY_WORKFLOW = 'parkedDelivery';

export interface ParkedDeliveryInput {
  businessId: BusinessId;
  outboundId: OutboundId;
  queuePrefix: string;
  timings: ConversationTimings;
  /** When it was parked first; set by the workflow itself when it continues as new. */
  parkedAtMs?: number;
  tries?: number;
}

export const parkedDeliveryWorkflowId = (businessId: BusinessId, outboundId: OutboundId): string => `parked:${businessId}:${outboundId}`;
