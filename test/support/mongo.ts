import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { BusinessId } from '#domain/ids';
import { createKeyStore } from '#models/keys.repository';
import { migrate } from '#models/migrations/migrate';
import type { Models } from '#models/models';
import { createModels } from '#models/models';
import type { BusinessRepositories, Repositories } from '#models/repositories';
import { createRepositories } from '#models/repositories';
import type { AdvanceableClock } from '#platform/clock';
import { createAdvanceableClock } from '#platform/clock';
import type { KeyRing } from '#platform/crypto/key-ring';
import { createKeyRing } from '#platform/crypto/key-ring';
import type { Vault } from '#platform/crypto/vault';
import { createVault } from '#platform/crypto/vault';
import { newId } from '#platform/ids';
import { connectMongo } from '#platform/mongo/connection';

/** A database of its own, migrated, with everything that stands on it. */
export interface TestDatabase extends AsyncDisposable, Repositories {
  connection: Connection;
  db: Models;
  clock: AdvanceableClock;
  keys: KeyRing;
  vault: Vault;
  envelope: Buffer;
  /** A business nobody else in this run knows, with its keys in memory. */
  aBusiness(): Promise<BusinessRepositories & { businessId: BusinessId }>;
  /** A second process on the same database: own caches, same keys. */
  anotherProcess(): Repositories & { keys: KeyRing; vault: Vault };
}

/** Where a test file may make its database. */
export function testMongoUri(name: string): string {
  const base = process.env['TEST_MONGODB_URI'];
  if (!base) throw new Error('TEST_MONGODB_URI is not set: run jest with its global set-up');
  const uri = new URL(base);
  uri.pathname = `/${name}`;
  return uri.toString();
}

export async function openTestDatabase(subject: string): Promise<TestDatabase> {
  const connection = await connectMongo(testMongoUri(`test-${subject}-${randomBytes(4).toString('hex')}`), {
    appName: `test ${subject}`,
    serverSelectionTimeoutMs: 10_000,
    maxPoolSize: 20,
  });
  const db = createModels(connection);
  const clock = createAdvanceableClock();
  await migrate(db, { clock });
  const envelope = randomBytes(32);

  const process = () => {
    const keys = createKeyRing({ envelope, store: createKeyStore(db, clock), clock });
    const vault = createVault(keys);
    return { keys, vault, ...createRepositories({ db, vault, clock }) };
  };
  const first = process();

  return {
    ...first,
    connection,
    db,
    clock,
    envelope,
    async aBusiness() {
      const businessId = newId('biz') as BusinessId;
      await first.keys.preload([businessId]);
      return { businessId, ...first.forBusiness(businessId) };
    },
    anotherProcess: process,
    async [Symbol.asyncDispose]() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
