import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { strictSchema } from './schema-options.ts';

export interface OptOutRow {
  /** `<businessId>.<blind index of channel and both addresses>`. */
  _id: string;
  businessId: string;
  isOut: boolean;
  /** The keyword that was recognised last. */
  word: string;
  changedAt: Date;
}

const optOutSchema = new Schema<OptOutRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    isOut: { type: Boolean, required: true },
    word: { type: String, required: true },
    changedAt: { type: Date, required: true },
  },
  strictSchema('optOuts'),
);
optOutSchema.plugin(businessScopePlugin);

export const createOptOutModel = (connection: Connection): Model<OptOutRow> => connection.model<OptOutRow>('OptOut', optOutSchema);
