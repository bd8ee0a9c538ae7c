import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { strictSchema } from './schema-options.ts';

export interface CustomerRow {
  _id: string;
  businessId: string;
  /** Blind indexes of the phone or the web visitor id. */
  addressHashes: string[];
  emailHash?: string;
  /** Sealed, as the three below. */
  name?: string;
  phone?: string;
  email?: string;
  createdAt: Date;
  updatedAt: Date;
}

export const CUSTOMERS = 'customers';

const customerSchema = new Schema<CustomerRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    addressHashes: { type: [String], required: true },
    emailHash: String,
    name: String,
    phone: String,
    email: String,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  strictSchema(CUSTOMERS),
);
// The index is what makes a hundred first messages at once end with one customer.
customerSchema.index({ businessId: 1, addressHashes: 1 }, { unique: true });
customerSchema.index({ businessId: 1, emailHash: 1 }, { partialFilterExpression: { emailHash: { $exists: true } } });
customerSchema.index({ businessId: 1, updatedAt: 1 });
customerSchema.plugin(businessScopePlugin);

export const createCustomerModel = (connection: Connection): Model<CustomerRow> => connection.model<CustomerRow>('Customer', customerSchema);
