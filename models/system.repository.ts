import type { ApiKeyFinder } from './api-keys.repository.ts';
import { createApiKeyFinder } from './api-keys.repository.ts';
import type { BusinessesRepository, NumbersRepository } from './businesses.repository.ts';
import { createBusinessesRepository, createNumbersRepository } from './businesses.repository.ts';
import type { LimitsRepository } from './limits.repository.ts';
import { createLimitsRepository } from './limits.repository.ts';
import type { LocksRepository } from './locks.repository.ts';
import { createLocksRepository } from './locks.repository.ts';
import type { ParkedInboundRepository } from './parked-inbound.repository.ts';
import { createParkedInboundRepository } from './parked-inbound.repository.ts';
import type { SystemScope } from './scope.ts';
import type { SignInLinkRedeemer } from './sign-in-links.repository.ts';
import { createSignInLinkRedeemer } from './sign-in-links.repository.ts';
import type { Sweeps } from './sweeps.repository.ts';
import { createSweeps } from './sweeps.repository.ts';
import type { WatermarksRepository } from './watermarks.repository.ts';
import { createWatermarksRepository } from './watermarks.repository.ts';

/** Everything that is not done for one business: the whole list of what may look across them. */
export interface SystemRepositories {
  numbers: NumbersRepository;
  businesses: BusinessesRepository;
  parked: ParkedInboundRepository;
  apiKeys: ApiKeyFinder;
  signInLinks: SignInLinkRedeemer;
  sweeps: Sweeps;
  limits: LimitsRepository;
  watermarks: WatermarksRepository;
  locks: LocksRepository;
}

export const createSystemRepositories = (scope: SystemScope): SystemRepositories => ({
  numbers: createNumbersRepository(scope),
  businesses: createBusinessesRepository(scope),
  parked: createParkedInboundRepository(scope),
  apiKeys: createApiKeyFinder(scope),
  signInLinks: createSignInLinkRedeemer(scope),
  sweeps: createSweeps(scope),
  limits: createLimitsRepository(scope),
  watermarks: createWatermarksRepository(scope.db),
  locks: createLocksRepository(scope.db),
});
