import type { Actor } from '#domain/actor';
import type { Assistant } from '#domain/assistant/assistant.port';
import type { BusinessId } from '#domain/ids';
import type { BusinessRepositories, SystemRepositories } from '#models/repositories';
import type { Clock } from '#platform/clock';
import type { Config } from '#platform/config';
import type { KeyRing } from '#platform/crypto/key-ring';
import type { Logger } from '#platform/logger';
import type { TemporalGateway } from '#platform/temporal/gateway';
import type { TwilioMessaging } from '#providers/twilio/messaging';
import type { SendPacer } from '#services/messages/send-pacer';
import type { NumberDirectory } from '#services/numbers/number-directory';

/** What lives as long as the process and belongs to no business. */
export interface Installation {
  config: Config;
  log: Logger;
  clock: Clock;
  keys: KeyRing;
  temporal: TemporalGateway;
  twilio: TwilioMessaging;
  assistant: Assistant;
  numbers: NumberDirectory;
  pacer: SendPacer;
  system: SystemRepositories;
  /** Everything a verb needs to act for one business as somebody. */
  forBusiness(businessId: BusinessId, actor: Actor): ServiceContext;
}

/** The context every verb takes first: one business, one actor, and only that business's data. */
export interface ServiceContext extends Pick<Installation, 'config' | 'clock' | 'keys' | 'temporal' | 'twilio' | 'assistant' | 'pacer'>, BusinessRepositories {
  businessId: BusinessId;
  /** Where messages wait while Temporal is away. */
  parkedInbound: Pick<SystemRepositories['parked'], 'park' | 'remove'>;
  actor: Actor;
  log: Logger;
}
