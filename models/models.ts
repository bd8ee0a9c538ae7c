import type { Connection } from 'mongoose';
import { createApiKeyModel } from './api-key.model.ts';
import { createBusinessModel } from './business.model.ts';
import { createConversationModel } from './conversation.model.ts';
import { createCustomerModel } from './customer.model.ts';
import { createEventModel } from './event.model.ts';
import { createKeyModel } from './key.model.ts';
import { createLimitModel } from './limit.model.ts';
import { createLockModel } from './lock.model.ts';
import { createMemberModel } from './member.model.ts';
import { createMessageModel } from './message.model.ts';
import { createMigrationModel } from './migration.model.ts';
import { createOptOutModel } from './opt-out.model.ts';
import { createParkedInboundModel } from './parked-inbound.model.ts';
import { createSeenSidModel } from './seen-sid.model.ts';
import { createSignInLinkModel } from './sign-in-link.model.ts';
import { createTurnModel } from './turn.model.ts';
import { createWatermarkModel } from './watermark.model.ts';
import { createWebhookLogModel } from './webhook-log.model.ts';

/** Every collection of one database, made per connection so that several databases can live in one process. */
export const createModels = (connection: Connection) => ({
  connection,
  apiKeys: createApiKeyModel(connection),
  businesses: createBusinessModel(connection),
  conversations: createConversationModel(connection),
  customers: createCustomerModel(connection),
  events: createEventModel(connection),
  keys: createKeyModel(connection),
  limits: createLimitModel(connection),
  locks: createLockModel(connection),
  members: createMemberModel(connection),
  messages: createMessageModel(connection),
  migrations: createMigrationModel(connection),
  optOuts: createOptOutModel(connection),
  parkedInbound: createParkedInboundModel(connection),
  seenSids: createSeenSidModel(connection),
  signInLinks: createSignInLinkModel(connection),
  turns: createTurnModel(connection),
  watermarks: createWatermarkModel(connection),
  webhookLog: createWebhookLogModel(connection),
});

export type Models = ReturnType<typeof createModels>;

/** Collections that belong to the installation: the guard that asks for a business does not apply to them. */
export const INSTALLATION_COLLECTIONS = ['limits', 'locks', 'migrations', 'watermarks'] as const;
