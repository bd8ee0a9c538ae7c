import type { BusinessProfile } from '#domain/business/profile';
import type { Channel } from '#domain/channel';
import type { ConversationTimings } from '#domain/conversations/timings';
import type { BusinessId } from '#domain/ids';
import { newId } from '#platform/ids';
import type { TwilioAccount } from './business.mapping.ts';
import { numberKeysOf, openAccount, profileOf, refuseTakenNumber, sealAccount } from './business.mapping.ts';
import type { BusinessRow } from './business.model.ts';
import { unscoped } from './plugins/business-scope.plugin.ts';
import type { SystemScope } from './scope.ts';

export type { TwilioAccount } from './business.mapping.ts';

export type NewBusiness = Omit<BusinessProfile, 'id'> & { twilio?: TwilioAccount; timings?: Partial<ConversationTimings> };

/** All businesses of the installation: for start-up, seeding and administration. */
export interface BusinessesRepository {
  /** Oldest first. */
  list(): Promise<BusinessProfile[]>;
  /** @throws Failure conflict `number.taken` */
  create(business: NewBusiness): Promise<BusinessProfile>;
  /** Creates or overwrites a business under a fixed id. Safe to repeat. @throws Failure conflict `number.taken` */
  upsertDemo(id: BusinessId, business: NewBusiness): Promise<BusinessProfile>;
}

/** A number of an active business with the account that signs for it. */
export interface LoadedNumber {
  businessId: BusinessId;
  accountSid: string;
  authToken: string;
  e164: string;
  channels: Channel[];
}

export interface NumbersRepository {
  /** Every number that can receive, with opened tokens: for memory only. */
  loadAll(): Promise<LoadedNumber[]>;
}

export function createBusinessesRepository({ db, vault, clock }: SystemScope): BusinessesRepository {
  const rowOf = async (id: BusinessId, { twilio, timings, ...profile }: NewBusiness): Promise<BusinessRow> => {
    const numberKeys = numberKeysOf(profile.numbers);
    return {
      ...profile,
      _id: id,
      ...(numberKeys && { numberKeys }),
      ...(twilio && { twilio: await sealAccount(vault, id, twilio) }),
      ...(timings && { timings }),
      status: 'active',
      createdAt: clock.now(),
    };
  };

  return {
    async list() {
      const rows = await db.businesses.find().setOptions(unscoped('businesses.list')).sort({ _id: 1 }).lean();
      return rows.map(profileOf);
    },

    async create(business) {
      const row = await rowOf(newId('biz') as BusinessId, business);
      await db.businesses.insertMany([row], { throwOnValidationError: true }).catch(refuseTakenNumber);
      return profileOf(row);
    },

    async upsertDemo(id, business) {
      const { _id, createdAt, ...row } = await rowOf(id, business);
      await db.businesses.updateOne({ _id }, { $set: row, $setOnInsert: { createdAt } }, { upsert: true }).catch(refuseTakenNumber);
      return profileOf({ ...row, _id, createdAt });
    },
  };
}

export const createNumbersRepository = ({ db, vault }: SystemScope): NumbersRepository => ({
  async loadAll() {
    const rows = await db.businesses.find({ status: 'active' }).setOptions(unscoped('numbers.loadAll')).lean();
    const loaded = await Promise.all(
      rows.map(async (row): Promise<LoadedNumber[]> => {
        const account = await openAccount(vault, row);
        return account ? row.numbers.map(({ e164, channels }) => ({ businessId: row._id as BusinessId, ...account, e164, channels })) : [];
      }),
    );
    return loaded.flat();
  },
});
