import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { strictSchema } from './schema-options.ts';

export interface KeyRow {
  _id: string;
  /** A BusinessId, or `platform`. */
  businessId: string;
  /** Empty once destroyed. */
  wrapped: string;
  /** Of an epoch key: its ISO week. */
  week?: string;
  createdAt: Date;
  destroyedAt?: Date;
}

const keySchema = new Schema<KeyRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    wrapped: { type: String, default: '' },
    week: String,
    createdAt: { type: Date, required: true },
    destroyedAt: Date,
  },
  strictSchema('keys'),
);
keySchema.index({ businessId: 1, _id: 1 });
keySchema.index({ week: 1 }, { partialFilterExpression: { week: { $exists: true } } });
keySchema.plugin(businessScopePlugin);

export const createKeyModel = (connection: Connection): Model<KeyRow> => connection.model<KeyRow>('Key', keySchema);
