import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { strictSchema } from './schema-options.ts';

/** One row per name of work that only one process may do at a time. */
export interface LockRow {
  _id: string;
  holder: string;
  until: Date;
}

const lockSchema = new Schema<LockRow>(
  { _id: { type: String, required: true }, holder: { type: String, required: true }, until: { type: Date, required: true } },
  strictSchema('locks'),
);

export const createLockModel = (connection: Connection): Model<LockRow> => connection.model<LockRow>('Lock', lockSchema);
