import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { BusinessId } from '#domain/ids';
import { createKeyStore } from '#models/keys.repository';
import { migrate } from '#models/migrations/migrate';
import type { Models } from '#models/models';
import { createModels } from '#models/models';
import { createRepositories } from '#models/repositories';
import type { AdvanceableClock, Clock } from '#platform/clock';
import { createAdvanceableClock, systemClock } from '#platform/clock';
import type { Config } from '#platform/config';
import { createKeyRing } from '#platform/crypto/key-ring';
import { createVault } from '#platform/crypto/vault';
import type { Logger } from '#platform/logger';
import { createLogger } from '#platform/logger';
import { connectMongo } from '#platform/mongo/connection';
import { createDataConverter } from '#platform/temporal/data-converter';
import { connectTemporal } from '#platform/temporal/gateway';
import { createTwilioMessaging } from '#providers/twilio/messaging';
import { createAssistant } from './assistant/assistant.chain.ts';
import type { Installation, ServiceContext } from './context.ts';
import { createSendPacer } from './messages/send-pacer.ts';
import { createNumberDirectory } from './numbers/number-directory.ts';

export type ProcessRole = 'api' | 'worker' | 'script';

/** Everything one process works with; disposing it closes every connection. */
export interface ComposedInstallation extends Installation, AsyncDisposable {
  mongo: Connection;
  db: Models;
  /** Test mode: moves the installation's idea of now. */
  advanceableClock?: AdvanceableClock;
}

const RECONNECT_EVERY_MS = 1_000;

/**
 * Puts one process together: the only place that knows models, providers and platform at once.
 * Waits for MongoDB for as long as it takes (Temporal may be away), and brings the database up to date before it returns.
 */
export async function composeInstallation(config: Config, role: ProcessRole): Promise<ComposedInstallation> {
  const log = createLogger({ level: config.logLevel, process: role });
  const advanceableClock = config.mode === 'test' ? createAdvanceableClock() : undefined;
  const clock: Clock = advanceableClock ?? systemClock;

  const mongo = await untilMongoAnswers(config, role, log);
  const db = createModels(mongo);
  await migrate(db, { clock, log });
  const keys = createKeyRing({ envelope: Buffer.from(config.encryptionKey, 'base64'), store: createKeyStore(db), clock });
  const { forBusiness, system } = createRepositories({ db, vault: createVault(keys), clock, retention: { webhookLogDays: config.webhookLogDays } });

  const numbers = createNumberDirectory({
    async loadAll() {
      const loaded = await system.numbers.loadAll();
      // Whoever can receive can also be answered: keys are in memory before the first message needs them.
      await keys.preload([...new Set(loaded.map((number) => number.businessId))]);
      return loaded;
    },
    clock,
    onRefreshFailed: (err) => log.warn({ err }, 'the number directory could not be refreshed'),
  });
  const temporal = connectTemporal(config, createDataConverter(keys));
  await keys.preload([]);
  await numbers.start();

  const twilio = createTwilioMessaging({ baseUrl: config.twilioApiBaseUrl, timeoutMs: config.twilioTimeoutMs });
  const shared = {
    config,
    clock,
    keys,
    temporal,
    twilio,
    assistant: createAssistant({ timeoutMs: config.assistantTimeoutMs, log }),
    pacer: createSendPacer(system.limits),
  };
  const contextFor = (businessId: BusinessId, actor: ServiceContext['actor']): ServiceContext => ({
    ...shared,
    ...forBusiness(businessId),
    businessId,
    actor,
    parkedInbound: system.parked,
    log: log.child({ businessId }),
  });

  return {
    ...shared,
    log,
    numbers,
    system,
    forBusiness: contextFor,
    mongo,
    db,
    advanceableClock,
    async [Symbol.asyncDispose]() {
      numbers.stop();
      await temporal.close();
      await mongo.close();
    },
  };
}

async function untilMongoAnswers(config: Config, role: ProcessRole, log: Logger): Promise<Connection> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await connectMongo(config.mongodbUri, { appName: `switchboard-${role}` });
    } catch (err) {
      if (role === 'script') throw err;
      if (tries === 0) log.warn({ err }, 'MongoDB does not answer yet; trying on');
      await pause(RECONNECT_EVERY_MS);
    }
  }
}
