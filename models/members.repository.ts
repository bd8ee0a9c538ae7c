import type { QueryFilter } from 'mongoose';
import { Failure } from '#domain/failure';
import type { BusinessId, MemberId } from '#domain/ids';
import { newId } from '#platform/ids';
import { isDuplicateKey } from '#platform/mongo/duplicate-key';
import { normalizedEmail } from './customer-address.ts';
import type { MemberRow } from './member.model.ts';
import { MEMBERS } from './member.model.ts';
import type { RepositoryScope } from './scope.ts';

export type MemberRole = 'owner' | 'staff';

/** A person who works for the business. */
export interface Member {
  id: MemberId;
  businessId: BusinessId;
  name: string;
  email: string;
  role: MemberRole;
  createdAt: Date;
}

export interface MembersRepository {
  /** Oldest first. */
  list(): Promise<Member[]>;
  get(id: MemberId): Promise<Member | null>;
  findByEmail(email: string): Promise<Member | null>;
  /** @throws Failure conflict `member.email_taken` */
  create(input: { name: string; email: string; role: MemberRole }): Promise<Member>;
}

export function createMembersRepository({ businessId, db, vault, clock }: RepositoryScope): MembersRepository {
  const place = (id: string, field: 'name' | 'email') => ({ businessId, collection: MEMBERS, id, field });
  const hashOf = (email: string): Promise<string> => vault.blindIndex(businessId, 'email', normalizedEmail(email));

  const open = async (row: MemberRow): Promise<Member> => {
    const [name, email] = await Promise.all([vault.open(row.name, place(row._id, 'name')), vault.open(row.email, place(row._id, 'email'))]);
    return { id: row._id as MemberId, businessId, name, email, role: row.role, createdAt: row.createdAt };
  };

  const findOne = async (filter: QueryFilter<MemberRow>): Promise<Member | null> => {
    const row = await db.members.findOne({ ...filter, businessId }).lean();
    return row && open(row);
  };

  return {
    list: async () => Promise.all((await db.members.find({ businessId }).sort({ createdAt: 1, _id: 1 }).lean()).map(open)),
    get: (id) => findOne({ _id: id }),
    findByEmail: async (email) => findOne({ emailHash: await hashOf(email) }),
    async create({ name, email, role }) {
      const id = newId('mem');
      const address = email.trim();
      const [sealedName, sealedEmail, emailHash] = await Promise.all([
        vault.seal(name, place(id, 'name')),
        vault.seal(address, place(id, 'email')),
        hashOf(address),
      ]);
      const createdAt = clock.now();
      try {
        await db.members.insertMany([{ _id: id, businessId, name: sealedName, email: sealedEmail, emailHash, role, createdAt }], {
          throwOnValidationError: true,
        });
      } catch (thrown) {
        if (isDuplicateKey(thrown)) throw new Failure('conflict', 'member.email_taken', 'Somebody here has that e-mail address already.');
        throw thrown;
      }
      return { id: id as MemberId, businessId, name, email: address, role, createdAt };
    },
  };
}
