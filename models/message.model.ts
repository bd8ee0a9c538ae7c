import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import type { DeliveryState, WaitsFor } from '#domain/messages/delivery';
import { DELIVERY_STATES } from '#domain/messages/delivery';
import type { CoverReason } from '#domain/messages/inbound';
import type { MessageStatus } from '#domain/messages/status';
import { MESSAGE_STATUSES } from '#domain/messages/status';
import type { MessageRole, StatusChange } from './message.ts';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { EMBEDDED, strictSchema } from './schema-options.ts';

export interface DeliveryRow {
  state: DeliveryState;
  /** When `state` was last set. */
  changedAt: Date;
  attempts: number;
  attemptedAt?: Date;
  lease?: string;
  leaseUntil?: Date;
  sid?: string;
  /** Sids of sends that ended undelivered before somebody asked for another try. */
  earlierSids?: string[];
  emptyLooks: number;
  unproven?: boolean;
  waitsFor?: WaitsFor;
  nextTryAt?: Date;
  errorCode?: number;
  httpStatus?: number;
}

export interface MessageRow {
  _id: string;
  businessId: string;
  conversationId: string;
  customerId: string;
  direction: 'inbound' | 'outbound';
  role: MessageRole;
  /** Sealed. */
  content: string;
  /** Sealed JSON; absent when there is none. */
  metadata?: string;
  occurredAt: Date;
  createdAt: Date;
  coveredBy?: string;
  coverReason?: CoverReason;
  turnId?: string;
  delivery?: DeliveryRow;
  status?: MessageStatus;
  statusRank?: number;
  statusHistory?: StatusChange[];
}

export const MESSAGES = 'messages';

/** Outbound rows that somebody has to move on. */
export const UNSETTLED: readonly DeliveryState[] = ['planned', 'attempting', 'unknown'];

const deliverySchema = new Schema<DeliveryRow>(
  {
    state: { type: String, enum: DELIVERY_STATES, required: true },
    changedAt: { type: Date, required: true },
    attempts: { type: Number, required: true },
    attemptedAt: Date,
    lease: String,
    leaseUntil: Date,
    sid: String,
    earlierSids: { type: [String], default: undefined },
    emptyLooks: { type: Number, required: true },
    unproven: Boolean,
    waitsFor: String,
    nextTryAt: Date,
    errorCode: Number,
    httpStatus: Number,
  },
  EMBEDDED,
);

const statusChangeSchema = new Schema<StatusChange>(
  { status: { type: String, enum: MESSAGE_STATUSES, required: true }, at: { type: Date, required: true }, errorCode: Number },
  EMBEDDED,
);

const messageSchema = new Schema<MessageRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    conversationId: { type: String, required: true },
    customerId: { type: String, required: true },
    direction: { type: String, enum: ['inbound', 'outbound'], required: true },
    role: { type: String, enum: ['customer', 'assistant', 'member', 'system'], required: true },
    content: { type: String, required: true },
    metadata: String,
    occurredAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    coveredBy: String,
    coverReason: String,
    turnId: String,
    delivery: { type: deliverySchema, default: undefined },
    status: { type: String, enum: MESSAGE_STATUSES },
    statusRank: Number,
    statusHistory: { type: [statusChangeSchema], default: undefined },
  },
  strictSchema(MESSAGES),
);

// A thread, a page of it, and the context of a reply.
messageSchema.index({ businessId: 1, conversationId: 1, occurredAt: 1, _id: 1 });
messageSchema.index({ businessId: 1, turnId: 1 }, { partialFilterExpression: { turnId: { $exists: true } } });
// The index, not a look beforehand, is what keeps two rows from claiming one send at Twilio.
messageSchema.index({ businessId: 1, 'delivery.sid': 1 }, { unique: true, partialFilterExpression: { 'delivery.sid': { $exists: true } } });
// Small: only rows something is still to happen to. A query has to name exactly these states, or MongoDB passes the index by.
messageSchema.index(
  { 'delivery.state': 1, 'delivery.changedAt': 1 },
  { name: 'unsettled', partialFilterExpression: { 'delivery.state': { $in: [...UNSETTLED] } } },
);
messageSchema.index({ 'delivery.nextTryAt': 1 }, { partialFilterExpression: { 'delivery.state': 'parked' } });

messageSchema.plugin(businessScopePlugin);

export const createMessageModel = (connection: Connection): Model<MessageRow> => connection.model<MessageRow>('Message', messageSchema);
