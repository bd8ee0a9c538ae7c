import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { strictSchema } from './schema-options.ts';

export interface ParkedInboundRow {
  _id: string;
  businessId: string;
  /** Sealed JSON of channel, addresses and message. */
  envelope: string;
  parkedAt: Date;
  expiresAt: Date;
}

export const PARKED_INBOUND = 'parkedInbound';

const parkedInboundSchema = new Schema<ParkedInboundRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    envelope: { type: String, required: true },
    parkedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  strictSchema(PARKED_INBOUND),
);
parkedInboundSchema.index({ parkedAt: 1, _id: 1 });
parkedInboundSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
parkedInboundSchema.plugin(businessScopePlugin);

export const createParkedInboundModel = (connection: Connection): Model<ParkedInboundRow> =>
  connection.model<ParkedInboundRow>('ParkedInbound', parkedInboundSchema);
