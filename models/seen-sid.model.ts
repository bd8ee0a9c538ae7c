import { createHash } from 'node:crypto';
import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { strictSchema } from './schema-options.ts';

/** An inbound message that was here once; outlives retention and erasure, and says nothing about anybody. */
export interface SeenSidRow {
  _id: string;
  businessId: string;
  at: Date;
}

export const SEEN_SIDS = 'seenSids';

/** A short hash of the row's id: 132 bits, of which nobody can make the conversation. */
export const seenSidOf = (messageRowId: string): string => createHash('sha256').update(messageRowId).digest('base64url').slice(0, 22);

const seenSidSchema = new Schema<SeenSidRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    at: { type: Date, required: true },
  },
  strictSchema(SEEN_SIDS),
);
seenSidSchema.plugin(businessScopePlugin);

export const createSeenSidModel = (connection: Connection): Model<SeenSidRow> => connection.model<SeenSidRow>('SeenSid', seenSidSchema);
