import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { strictSchema } from './schema-options.ts';

export interface ApiKeyRow {
  _id: string;
  businessId: string;
  tokenHash: string;
  name: string;
  scopes: string[];
  createdAt: Date;
  revokedAt?: Date;
}

const apiKeySchema = new Schema<ApiKeyRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    tokenHash: { type: String, required: true },
    name: { type: String, required: true },
    scopes: { type: [String], required: true },
    createdAt: { type: Date, required: true },
    revokedAt: Date,
  },
  strictSchema('apiKeys'),
);
apiKeySchema.index({ tokenHash: 1 }, { unique: true });
apiKeySchema.index({ businessId: 1, createdAt: 1 });
apiKeySchema.plugin(businessScopePlugin);

export const createApiKeyModel = (connection: Connection): Model<ApiKeyRow> => connection.model<ApiKeyRow>('ApiKey', apiKeySchema);
