import type { BusinessId } from '#domain/ids';
import type { Clock } from '#platform/clock';
import type { Vault } from '#platform/crypto/vault';
import type { Models } from './models.ts';
import type { Retention } from './retention.ts';

/** What is not bound to a business. */
export interface SystemScope {
  db: Models;
  vault: Vault;
  clock: Clock;
  retention: Retention;
}

/** The business is bound here, once; no repository function takes one. */
export interface RepositoryScope extends SystemScope {
  businessId: BusinessId;
}
