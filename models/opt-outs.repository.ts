import { trusted } from 'mongoose';
import type { Channel } from '#domain/channel';
import { isDuplicateKey } from '#platform/mongo/duplicate-key';
import { personBehind } from './customer-address.ts';
import type { RepositoryScope } from './scope.ts';

/** One customer's address on one channel towards one address of the business. */
export interface OptOutSubject {
  channel: Channel;
  address: string;
  businessAddress: string;
}

export interface OptOutsRepository {
  isOptedOut(subject: OptOutSubject): Promise<boolean>;
  /** `word` is the keyword that was recognised, for the record. False when it was so already. */
  optOut(subject: OptOutSubject, word: string): Promise<boolean>;
  optIn(subject: OptOutSubject, word: string): Promise<boolean>;
}

/** Kept without any address, so that a wish not to be written to outlives the erasure of the customer. */
export function createOptOutsRepository({ businessId, db, vault, clock }: RepositoryScope): OptOutsRepository {
  const idOf = async ({ channel, address, businessAddress }: OptOutSubject): Promise<string> => {
    const pair = JSON.stringify([channel, personBehind(channel, address), personBehind(channel, businessAddress)]);
    return `${businessId}.${await vault.blindIndex(businessId, 'opt_out', pair)}`;
  };

  const turn = async (subject: OptOutSubject, isOut: boolean, word: string): Promise<boolean> => {
    const _id = await idOf(subject);
    const update = { $set: { isOut, word, changedAt: clock.now() } };
    try {
      // Nobody is opted out to begin with: only an opt-out makes the row.
      const result = await db.optOuts.updateOne({ businessId, _id, isOut: trusted({ $ne: isOut }) }, update, { upsert: isOut });
      return result.modifiedCount + result.upsertedCount === 1;
    } catch (thrown) {
      // The row is there and says so already.
      if (isDuplicateKey(thrown)) return false;
      throw thrown;
    }
  };

  return {
    async isOptedOut(subject) {
      const row = await db.optOuts.findOne({ businessId, _id: await idOf(subject) }, { isOut: 1 }).lean();
      return row?.isOut ?? false;
    },
    optOut: (subject, word) => turn(subject, true, word),
    optIn: (subject, word) => turn(subject, false, word),
  };
}
