import type { BusinessId } from '#domain/ids';
import type { ApiKeysRepository } from './api-keys.repository.ts';
import { createApiKeysRepository } from './api-keys.repository.ts';
import type { BusinessRepository } from './business.repository.ts';
import { createBusinessRepository } from './business.repository.ts';
import type { ConversationsRepository } from './conversations.repository.ts';
import { createConversationsRepository } from './conversations.repository.ts';
import type { CustomersRepository } from './customers.repository.ts';
import { createCustomersRepository } from './customers.repository.ts';
import type { EventsRepository } from './events.repository.ts';
import { createEventsRepository } from './events.repository.ts';
import type { MembersRepository } from './members.repository.ts';
import { createMembersRepository } from './members.repository.ts';
import type { MessagesRepository } from './messages.repository.ts';
import { createMessagesRepository } from './messages.repository.ts';
import type { OptOutsRepository } from './opt-outs.repository.ts';
import { createOptOutsRepository } from './opt-outs.repository.ts';
import type { Retention } from './retention.ts';
import { DEFAULT_RETENTION } from './retention.ts';
import type { RepositoryScope, SystemScope } from './scope.ts';
import type { SignInLinksRepository } from './sign-in-links.repository.ts';
import { createSignInLinksRepository } from './sign-in-links.repository.ts';
import type { SystemRepositories } from './system.repository.ts';
import { createSystemRepositories } from './system.repository.ts';
import type { TurnsRepository } from './turns.repository.ts';
import { createTurnsRepository } from './turns.repository.ts';
import type { WebhookLogRepository } from './webhook-log.repository.ts';
import { createWebhookLogRepository } from './webhook-log.repository.ts';

export type { SystemRepositories } from './system.repository.ts';

/** One business's data; nothing in here can reach another's. */
export interface BusinessRepositories {
  business: BusinessRepository;
  customers: CustomersRepository;
  conversations: ConversationsRepository;
  messages: MessagesRepository;
  turns: TurnsRepository;
  optOuts: OptOutsRepository;
  events: EventsRepository;
  webhookLog: WebhookLogRepository;
  members: MembersRepository;
  signInLinks: SignInLinksRepository;
  apiKeys: ApiKeysRepository;
}

export interface Repositories {
  /** The same set for the same business, every time. */
  forBusiness(businessId: BusinessId): BusinessRepositories;
  system: SystemRepositories;
}

export type RepositoriesInput = Omit<SystemScope, 'retention'> & { retention?: Partial<Retention> };

export function createRepositories({ retention, ...input }: RepositoriesInput): Repositories {
  const scope: SystemScope = { ...input, retention: { ...DEFAULT_RETENTION, ...retention } };
  const bound = new Map<BusinessId, BusinessRepositories>();

  return {
    forBusiness(businessId) {
      const known = bound.get(businessId);
      if (known) return known;
      const made = bind({ ...scope, businessId });
      bound.set(businessId, made);
      return made;
    },
    system: createSystemRepositories(scope),
  };
}

const bind = (scope: RepositoryScope): BusinessRepositories => ({
  business: createBusinessRepository(scope),
  customers: createCustomersRepository(scope),
  conversations: createConversationsRepository(scope),
  messages: createMessagesRepository(scope),
  turns: createTurnsRepository(scope),
  optOuts: createOptOutsRepository(scope),
  events: createEventsRepository(scope),
  webhookLog: createWebhookLogRepository(scope),
  members: createMembersRepository(scope),
  signInLinks: createSignInLinksRepository(scope),
  apiKeys: createApiKeysRepository(scope),
});
