import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { strictSchema } from './schema-options.ts';

/** A window of counted hits, or the place in line of a paced sender. Belongs to no business: the key says whose it is, hashed. */
export interface LimitRow {
  _id: string;
  count?: number;
  members?: string[];
  repeated?: boolean;
  /** When the next one may go, if the sender is paced. */
  nextAt?: Date;
  /** The server's clock at the last change. */
  at?: Date;
  expiresAt: Date;
}

const limitSchema = new Schema<LimitRow>(
  {
    _id: { type: String, required: true },
    count: Number,
    members: { type: [String], default: undefined },
    repeated: Boolean,
    nextAt: Date,
    at: Date,
    expiresAt: { type: Date, required: true },
  },
  strictSchema('limits'),
);
limitSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const createLimitModel = (connection: Connection): Model<LimitRow> => connection.model<LimitRow>('Limit', limitSchema);
