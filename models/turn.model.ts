import type { Connection, Model } from 'mongoose';
import { Schema } from 'mongoose';
import { businessScopePlugin } from './plugins/business-scope.plugin.ts';
import { strictSchema } from './schema-options.ts';

export interface TurnRow {
  _id: string;
  businessId: string;
  conversationId: string;
  customerId: string;
  messageIds: string[];
  /** Sealed JSON of the reply and its trace. */
  reply: string;
  createdAt: Date;
  expiresAt: Date;
}

export const TURNS = 'turns';

const turnSchema = new Schema<TurnRow>(
  {
    _id: { type: String, required: true },
    businessId: { type: String, required: true, immutable: true },
    conversationId: { type: String, required: true },
    customerId: { type: String, required: true },
    messageIds: { type: [String], required: true },
    reply: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  strictSchema(TURNS),
);
turnSchema.index({ businessId: 1, conversationId: 1, createdAt: -1 });
turnSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
turnSchema.plugin(businessScopePlugin);

export const createTurnModel = (connection: Connection): Model<TurnRow> => connection.model<TurnRow>('Turn', turnSchema);
