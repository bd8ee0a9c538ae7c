import type { UpdateQuery } from 'mongoose';
import type { BusinessProfile } from '#domain/business/profile';
import type { ConversationTimings } from '#domain/conversations/timings';
import { notFound } from '#domain/failure';
import type { TwilioAccount } from './business.mapping.ts';
import { numberKeysOf, openAccount, profileOf, refuseTakenNumber, sealAccount } from './business.mapping.ts';
import type { BusinessRow } from './business.model.ts';
import type { RepositoryScope } from './scope.ts';

export interface BusinessSettings {
  status: 'active' | 'deactivated';
  /** What this business waits for longer or shorter than the installation does. */
  timings: Partial<ConversationTimings>;
}

/** The one business a repository set is bound to. What is read may be five seconds old, unless changed here. */
export interface BusinessRepository {
  /** @throws Failure not_found */
  profile(): Promise<BusinessProfile>;
  /** null: this business has no account of its own yet. @throws Failure not_found */
  twilio(): Promise<TwilioAccount | null>;
  /** @throws Failure not_found */
  settings(): Promise<BusinessSettings>;
  /** @throws Failure not_found, or conflict `number.taken` */
  update(changes: Partial<Omit<BusinessProfile, 'id'>>): Promise<BusinessProfile>;
  /** @throws Failure not_found */
  setTwilio(account: TwilioAccount | null): Promise<void>;
  /** @throws Failure not_found */
  setTimings(timings: Partial<ConversationTimings>): Promise<void>;
  /** @throws Failure not_found */
  setStatus(status: BusinessSettings['status']): Promise<void>;
}

const FRESH_FOR_MS = 5_000;

export function createBusinessRepository({ businessId, db, vault }: RepositoryScope): BusinessRepository {
  // Real time: how old a copy may be has nothing to do with the clock that rules go by.
  let held: { row: BusinessRow; atMs: number } | undefined;

  const read = async (): Promise<BusinessRow> => {
    if (held && Date.now() - held.atMs < FRESH_FOR_MS) return held.row;
    const row = await db.businesses.findOne({ _id: businessId }).lean();
    if (!row) throw notFound('business');
    held = { row, atMs: Date.now() };
    return row;
  };

  const change = async (update: UpdateQuery<BusinessRow>): Promise<BusinessRow> => {
    const row = await db.businesses.findOneAndUpdate({ _id: businessId }, update, { returnDocument: 'after' }).lean().catch(refuseTakenNumber);
    if (!row) throw notFound('business');
    held = { row, atMs: Date.now() };
    return row;
  };

  return {
    profile: async () => profileOf(await read()),
    twilio: async () => openAccount(vault, await read()),
    async settings() {
      const { status, timings } = await read();
      return { status, timings: timings ?? {} };
    },
    async update(changes) {
      if (!changes.numbers) return profileOf(await change({ $set: changes }));
      const numberKeys = numberKeysOf(changes.numbers);
      return profileOf(await change(numberKeys ? { $set: { ...changes, numberKeys } } : { $set: changes, $unset: { numberKeys: 1 } }));
    },
    async setTwilio(account) {
      await change(account ? { $set: { twilio: await sealAccount(vault, businessId, account) } } : { $unset: { twilio: 1 } });
    },
    async setTimings(timings) {
      await change({ $set: { timings } });
    },
    async setStatus(status) {
      await change({ $set: { status } });
    },
  };
}
