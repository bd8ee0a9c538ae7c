import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import type { MemberRole } from './members.repository.ts';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { strictSchema } from './schema-options.ts';

export interface MemberRow {
  _id: string;
  businessId: string;
  /** Sealed, as the e-mail. */
  name: string;
  email: string;
  emailHash: string;
  role: MemberRole;
  createdAt: Date;
}

export const MEMBERS = 'members';

const memberSchema = new Schema<MemberRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    name: { type: String, required: true },
    email: { type: String, required: true },
    emailHash: { type: String, required: true },
    role: { type: String, enum: ['owner', 'staff'], required: true },
    createdAt: { type: Date, required: true },
  },
  strictSchema(MEMBERS),
);
memberSchema.index({ businessId: 1, emailHash: 1 }, { unique: true });
memberSchema.index({ businessId: 1, createdAt: 1, _id: 1 });
memberSchema.plugin(businessScopePlugin);

export const createMemberModel = (connection: Connection): Model<MemberRow> => connection.model<MemberRow>('Member', memberSchema);
