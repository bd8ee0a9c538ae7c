import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import type { BusinessNumber, BusinessProfile, Car, OpeningHours } from '#domain/business/profile';
import { CHANNELS } from '#domain/channel';
import type { ConversationTimings } from '#domain/conversations/timings';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { EMBEDDED, strictSchema } from './schema-options.ts';

export interface BusinessRow {
  _id: string;
  name: string;
  trade: BusinessProfile['trade'];
  timeZone: string;
  locale: BusinessProfile['locale'];
  hours: OpeningHours;
  address?: string;
  numbers: BusinessNumber[];
  /** `<channel>:<e164>` of every number, for the index; absent when there are none. */
  numberKeys?: string[];
  cars: Car[];
  /** The token is sealed. */
  twilio?: { accountSid: string; authToken: string };
  status: 'active' | 'deactivated';
  timings?: Partial<ConversationTimings>;
  createdAt: Date;
}

export const BUSINESSES = 'businesses';

const numberSchema = new Schema<BusinessNumber>({ e164: { type: String, required: true }, channels: [{ type: String, enum: CHANNELS }] }, EMBEDDED);
const twilioSchema = new Schema({ accountSid: { type: String, required: true }, authToken: { type: String, required: true } }, EMBEDDED);

const businessSchema = new Schema<BusinessRow>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    trade: { type: String, required: true },
    timeZone: { type: String, required: true },
    locale: { type: String, enum: ['nl', 'en'], required: true },
    hours: { type: Schema.Types.Mixed, required: true },
    address: String,
    numbers: { type: [numberSchema], required: true },
    numberKeys: { type: [String], default: undefined },
    cars: { type: Schema.Types.Mixed, required: true },
    twilio: { type: twilioSchema, default: undefined },
    status: { type: String, enum: ['active', 'deactivated'], required: true },
    timings: Schema.Types.Mixed,
    createdAt: { type: Date, required: true },
  },
  { ...strictSchema(BUSINESSES), minimize: false },
);
// A number belongs to one business per channel, or nobody could tell whose customer wrote. Partial: most demo businesses share the absence of one.
businessSchema.index({ numberKeys: 1 }, { unique: true, partialFilterExpression: { numberKeys: { $exists: true } } });
businessSchema.plugin(businessScopePlugin, { field: '_id' });

export const createBusinessModel = (connection: Connection): Model<BusinessRow> => connection.model<BusinessRow>('Business', businessSchema);
