import type { InboundMessages } from './inbound-messages.repository.ts';
import { createInboundMessages } from './inbound-messages.repository.ts';
import type { MessageStatuses } from './message-statuses.repository.ts';
import { createMessageStatuses } from './message-statuses.repository.ts';
import type { MessageThreads } from './message-threads.repository.ts';
import { createMessageThreads } from './message-threads.repository.ts';
import type { Outbox } from './outbox.repository.ts';
import { createOutbox } from './outbox.repository.ts';
import type { RepositoryScope } from './scope.ts';

/** One collection from four sides: what came in, what is to go out, what became of it, and the thread people read. */
export interface MessagesRepository extends InboundMessages, Outbox, MessageStatuses, MessageThreads {}

export const createMessagesRepository = (scope: RepositoryScope): MessagesRepository => ({
  ...createInboundMessages(scope),
  ...createOutbox(scope),
  ...createMessageStatuses(scope),
  ...createMessageThreads(scope),
});
