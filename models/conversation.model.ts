import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import type { Channel } from '#domain/channel';
import { CHANNELS } from '#domain/channel';
import type { AttentionReason, Conversation } from './conversation.ts';
import type { MessageRole } from './message.ts';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { EMBEDDED, strictSchema } from './schema-options.ts';

interface OwnerRow {
  type: 'assistant' | 'member';
  memberId?: string | null;
  sinceMs?: number;
}

export interface ConversationRow {
  _id: string;
  businessId: string;
  customerId: string;
  channel: Channel;
  /** Sealed. */
  customerAddress: string;
  /** Sealed. */
  businessAddress: string;
  status: Conversation['status'];
  owner: OwnerRow;
  contextFrom?: Date;
  sessionEndsAt?: Date;
  /** Sealed JSON; absent when empty. */
  memory?: string;
  language?: string;
  lastInboundAt?: Date;
  lastMessageAt: Date;
  /** Sealed. */
  preview?: string;
  previewRole?: MessageRole;
  unreadCount: number;
  /** Ids of the latest inbound messages that were counted as unread, so that a retry counts nothing twice. */
  counted?: string[];
  attention?: { reason: AttentionReason; since: Date };
  createdAt: Date;
}

export const CONVERSATIONS = 'conversations';

const ownerSchema = new Schema<OwnerRow>(
  { type: { type: String, enum: ['assistant', 'member'], required: true }, memberId: String, sinceMs: Number },
  EMBEDDED,
);
const attentionSchema = new Schema({ reason: { type: String, required: true }, since: { type: Date, required: true } }, EMBEDDED);

const conversationSchema = new Schema<ConversationRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    customerId: { type: String, required: true },
    channel: { type: String, enum: CHANNELS, required: true },
    customerAddress: { type: String, required: true },
    businessAddress: { type: String, required: true },
    status: { type: String, enum: ['open', 'closed'], required: true },
    owner: { type: ownerSchema, required: true },
    contextFrom: Date,
    sessionEndsAt: Date,
    memory: String,
    language: String,
    lastInboundAt: Date,
    lastMessageAt: { type: Date, required: true },
    preview: String,
    previewRole: String,
    unreadCount: { type: Number, required: true },
    counted: { type: [String], default: undefined },
    attention: { type: attentionSchema, default: undefined },
    createdAt: { type: Date, required: true },
  },
  strictSchema(CONVERSATIONS),
);

// The inbox: newest activity first. Broad filters (channel, owner, unread) walk this one.
conversationSchema.index({ businessId: 1, lastMessageAt: -1, _id: -1 });
conversationSchema.index({ businessId: 1, customerId: 1, lastMessageAt: -1, _id: -1 });
conversationSchema.index(
  { businessId: 1, 'attention.reason': 1, lastMessageAt: -1, _id: -1 },
  { partialFilterExpression: { 'attention.reason': { $exists: true } } },
);
// The sweep for sessions that ended, across businesses.
conversationSchema.index({ sessionEndsAt: 1 }, { partialFilterExpression: { sessionEndsAt: { $exists: true } } });

conversationSchema.plugin(businessScopePlugin);

export const createConversationModel = (connection: Connection): Model<ConversationRow> =>
  connection.model<ConversationRow>('Conversation', conversationSchema);
