import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import type { Actor } from '#domain/actor';
import type { EventData } from './events.repository.ts';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { EMBEDDED, strictSchema } from './schema-options.ts';

export interface EventRow {
  _id: string;
  businessId: string;
  type: string;
  conversationId?: string;
  customerId?: string;
  data?: EventData;
  actor?: { type: Actor['type']; id?: string };
  at: Date;
  expiresAt: Date;
}

const actorSchema = new Schema({ type: { type: String, required: true }, id: String }, EMBEDDED);

const eventSchema = new Schema<EventRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    type: { type: String, required: true },
    conversationId: String,
    customerId: String,
    data: Schema.Types.Mixed,
    actor: { type: actorSchema, default: undefined },
    at: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  strictSchema('events'),
);
eventSchema.index({ businessId: 1, _id: 1 });
eventSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
eventSchema.plugin(businessScopePlugin);

export const createEventModel = (connection: Connection): Model<EventRow> => connection.model<EventRow>('Event', eventSchema);
