import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { strictSchema } from './schema-options.ts';

/** How far something has been compared with Twilio; the name holds the business and its own number, nobody else's. */
export interface WatermarkRow {
  _id: string;
  at: Date;
}

const watermarkSchema = new Schema<WatermarkRow>({ _id: { type: String, required: true }, at: { type: Date, required: true } }, strictSchema('watermarks'));

export const createWatermarkModel = (connection: Connection): Model<WatermarkRow> => connection.model<WatermarkRow>('Watermark', watermarkSchema);
