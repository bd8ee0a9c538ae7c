import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { strictSchema } from './schema-options.ts';

/** A change of the database that was carried out. */
export interface MigrationRow {
  _id: string;
  appliedAt: Date;
  ms: number;
}

const migrationSchema = new Schema<MigrationRow>(
  { _id: { type: String, required: true }, appliedAt: { type: Date, required: true }, ms: { type: Number, required: true } },
  strictSchema('migrations'),
);

export const createMigrationModel = (connection: Connection): Model<MigrationRow> => connection.model<MigrationRow>('Migration', migrationSchema);
