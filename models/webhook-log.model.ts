import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { strictSchema } from './schema-options.ts';

export interface WebhookLogRow {
  _id: string;
  businessId: string;
  path: string;
  status: number;
  ms: number;
  accountSid: string;
  messageSid?: string;
  verified: boolean;
  /** Sealed JSON of the masked headers and body. */
  detail: string;
  at: Date;
  expiresAt: Date;
}

export const WEBHOOK_LOG = 'webhookLog';

const webhookLogSchema = new Schema<WebhookLogRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    path: { type: String, required: true },
    status: { type: Number, required: true },
    ms: { type: Number, required: true },
    accountSid: { type: String, required: true },
    messageSid: String,
    verified: { type: Boolean, required: true },
    detail: { type: String, required: true },
    at: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  strictSchema(WEBHOOK_LOG),
);
webhookLogSchema.index({ businessId: 1, at: -1, _id: -1 });
webhookLogSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
webhookLogSchema.plugin(businessScopePlugin);

export const createWebhookLogModel = (connection: Connection): Model<WebhookLogRow> => connection.model<WebhookLogRow>('WebhookLog', webhookLogSchema);
