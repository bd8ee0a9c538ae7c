import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { strictSchema } from './schema-options.ts';

export interface SignInLinkRow {
  /** Hash of the token. */
  _id: string;
  businessId: string;
  memberId: string;
  expiresAt: Date;
}

const signInLinkSchema = new Schema<SignInLinkRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    memberId: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  strictSchema('signInLinks'),
);
signInLinkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
signInLinkSchema.plugin(businessScopePlugin);

export const createSignInLinkModel = (connection: Connection): Model<SignInLinkRow> => connection.model<SignInLinkRow>('SignInLink', signInLinkSchema);
