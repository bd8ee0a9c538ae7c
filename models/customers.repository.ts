import type { QueryFilter } from 'mongoose';
import { trusted } from 'mongoose';
import type { Channel } from '#domain/channel';
import { notFound } from '#domain/failure';
import type { BusinessId, CustomerId } from '#domain/ids';
import type { SealedPlace } from '#platform/crypto/vault';
import { ERASED } from '#platform/crypto/vault';
import { newId } from '#platform/ids';
import { isDuplicateKey } from '#platform/mongo/duplicate-key';
import type { CustomerRow } from './customer.model.ts';
import { CUSTOMERS } from './customer.model.ts';
import { normalizedEmail, normalizedPhone, personBehind, phoneOf } from './customer-address.ts';
import { NameIndex } from './name-index.ts';
import type { RepositoryScope } from './scope.ts';

export interface Customer {
  id: CustomerId;
  businessId: BusinessId;
  displayName?: string;
  phone?: string;
  email?: string;
  createdAt: Date;
}

export interface CustomersRepository {
  /** One customer per phone (SMS and WhatsApp alike) or web visitor, however many calls come at once. A given name or e-mail fills a gap, it replaces nothing. */
  findOrCreate(input: { channel: Channel; address: string; displayName?: string; email?: string }): Promise<Customer>;
  get(id: CustomerId): Promise<Customer | null>;
  /** In no particular order; ids that are not there are left out. */
  getMany(ids: readonly CustomerId[]): Promise<Customer[]>;
  /** Exact; accepts national notation and spaces. `country` is where a number without +… belongs. */
  findByPhone(raw: string, country?: 'NL' | 'BE' | 'DE' | 'GB' | 'US'): Promise<Customer | null>;
  findByEmail(raw: string): Promise<Customer | null>;
  /** Every word of the query must begin a word of the name; accents and case do not matter. */
  searchByName(query: string, limit: number): Promise<Customer[]>;
  /** @throws Failure not_found */
  rename(id: CustomerId, displayName: string): Promise<void>;
  /** @throws Failure not_found */
  setEmail(id: CustomerId, email: string): Promise<void>;
}

type SealedField = 'name' | 'phone' | 'email';

/** Names written by another process in the last moments may carry an earlier time than what was read already. */
const CLOCK_SKEW_MS = 10_000;

export function createCustomersRepository(scope: RepositoryScope): CustomersRepository {
  const { businessId, db, vault, clock } = scope;
  const names = new NameIndex();
  let namesReadUntil = new Date(0);

  const place = (id: string, field: SealedField): SealedPlace => ({ businessId, customerId: id as CustomerId, collection: CUSTOMERS, id, field });
  const seal = (id: string, field: SealedField, text: string): Promise<string> => vault.seal(text, place(id, field));
  const openField = async (row: CustomerRow, field: SealedField): Promise<string | undefined> =>
    row[field] === undefined ? undefined : vault.open(row[field], place(row._id, field));
  const emailHashOf = (email: string): Promise<string> => vault.blindIndex(businessId, 'email', normalizedEmail(email));

  const open = async (row: CustomerRow): Promise<Customer> => {
    const [displayName, phone, email] = await Promise.all([openField(row, 'name'), openField(row, 'phone'), openField(row, 'email')]);
    return {
      id: row._id as CustomerId,
      businessId,
      ...(displayName !== undefined && { displayName }),
      ...(phone !== undefined && { phone }),
      ...(email !== undefined && { email }),
      createdAt: row.createdAt,
    };
  };

  const findOne = async (filter: QueryFilter<CustomerRow>): Promise<Customer | null> => {
    const row = await db.customers.findOne({ ...filter, businessId }).lean();
    return row && open(row);
  };

  /** The row of an address, made without anything personal when it is missing. */
  const rowOf = async (hash: string): Promise<CustomerRow> => {
    const filter = { businessId, addressHashes: hash };
    const found = await db.customers.findOne(filter).lean();
    if (found) return found;
    const now = clock.now();
    try {
      return await db.customers
        .findOneAndUpdate(filter, { $setOnInsert: { _id: newId('cus'), createdAt: now, updatedAt: now } }, { upsert: true, returnDocument: 'after' })
        .lean();
    } catch (thrown) {
      if (!isDuplicateKey(thrown)) throw thrown;
      const winner = await db.customers.findOne(filter).lean();
      if (!winner) throw thrown;
      return winner;
    }
  };

  const change = async (id: CustomerId, set: Partial<CustomerRow>): Promise<void> => {
    const result = await db.customers.updateOne({ businessId, _id: id }, { $set: { ...set, updatedAt: clock.now() } });
    if (result.matchedCount === 0) throw notFound('customer');
  };

  const readNewNames = async (): Promise<void> => {
    const since = new Date(namesReadUntil.getTime() - CLOCK_SKEW_MS);
    const rows = await db.customers.find({ businessId, updatedAt: trusted({ $gte: since }) }, { name: 1, updatedAt: 1 }).lean<CustomerRow[]>();
    for (const row of rows) {
      const name = await openField(row, 'name');
      if (name === undefined || name === ERASED) names.remove(row._id as CustomerId);
      else names.set(row._id as CustomerId, name);
      if (row.updatedAt > namesReadUntil) namesReadUntil = row.updatedAt;
    }
  };

  const getMany = async (ids: readonly CustomerId[]): Promise<Customer[]> => {
    const rows = await db.customers.find({ businessId, _id: trusted({ $in: [...ids] }) }).lean();
    return Promise.all(rows.map(open));
  };

  return {
    async findOrCreate({ channel, address, displayName, email }) {
      const row = await rowOf(await vault.blindIndex(businessId, 'address', personBehind(channel, address)));
      const given = { name: displayName, phone: phoneOf(channel, address), email };
      const gaps = (['name', 'phone', 'email'] as const).filter((field) => row[field] === undefined && given[field]);
      if (gaps.length === 0) return open(row);

      const sealed = await Promise.all(gaps.map(async (field): Promise<[SealedField, string]> => [field, await seal(row._id, field, given[field] ?? '')]));
      const set = { ...Object.fromEntries(sealed), ...(gaps.includes('email') && { emailHash: await emailHashOf(email ?? '') }) };
      const stillOpen = Object.fromEntries(gaps.map((field) => [field, trusted({ $exists: false })]));
      const filled = await db.customers
        .findOneAndUpdate({ ...stillOpen, businessId, _id: row._id }, { $set: { ...set, updatedAt: clock.now() } }, { returnDocument: 'after' })
        .lean();
      return open(filled ?? (await db.customers.findOne({ businessId, _id: row._id }).lean()) ?? row);
    },

    get: (id) => findOne({ _id: id }),
    getMany,

    async findByPhone(raw, country = 'NL') {
      const phone = normalizedPhone(raw, country);
      return phone === undefined ? null : findOne({ addressHashes: await vault.blindIndex(businessId, 'address', personBehind('sms', phone)) });
    },

    findByEmail: async (raw) => findOne({ emailHash: await emailHashOf(raw) }),

    async searchByName(query, limit) {
      await readNewNames();
      const ids = names.search(query, limit);
      const found = new Map((await getMany(ids)).map((customer) => [customer.id, customer]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },

    rename: async (id, displayName) => change(id, { name: await seal(id, 'name', displayName) }),
    setEmail: async (id, email) => change(id, { email: await seal(id, 'email', email), emailHash: await emailHashOf(email) }),
  };
}
