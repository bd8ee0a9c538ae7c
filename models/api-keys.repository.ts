import { trusted } from 'mongoose';
import type { BusinessId } from '#domain/ids';
import { newId } from '#platform/ids';
import { isDuplicateKey } from '#platform/mongo/duplicate-key';
import { newToken, tokenHash } from './access-token.ts';
import type { ApiKeyRow } from './api-key.model.ts';
import { unscoped } from './plugins/business-scope.plugin.ts';
import type { RepositoryScope, SystemScope } from './scope.ts';

export interface ApiKey {
  id: string;
  businessId: BusinessId;
  name: string;
  scopes: string[];
  createdAt: Date;
  revokedAt?: Date;
}

export interface ApiKeysRepository {
  /** Oldest first, revoked ones too. */
  list(): Promise<ApiKey[]>;
  /** The token is shown this once; a given one (test mode) makes the call repeatable. */
  create(input: { name: string; scopes: string[]; token?: string }): Promise<{ apiKey: ApiKey; token: string }>;
  /** False when there was nothing to revoke. */
  revoke(id: string): Promise<boolean>;
}

export interface ApiKeyFinder {
  /** null: unknown or revoked. */
  findByToken(token: string): Promise<ApiKey | null>;
}

export function createApiKeysRepository({ businessId, db, clock }: RepositoryScope): ApiKeysRepository {
  return {
    list: async () => (await db.apiKeys.find({ businessId }).sort({ createdAt: 1 }).lean()).map(apiKeyOf),

    async create({ name, scopes, token = newToken('sk') }) {
      const row: ApiKeyRow = { _id: newId('key'), businessId, tokenHash: tokenHash(token), name, scopes, createdAt: clock.now() };
      try {
        await db.apiKeys.insertMany([row], { throwOnValidationError: true });
        return { apiKey: apiKeyOf(row), token };
      } catch (thrown) {
        const existing = isDuplicateKey(thrown) ? await db.apiKeys.findOne({ businessId, tokenHash: row.tokenHash }).lean() : null;
        if (!existing) throw thrown;
        return { apiKey: apiKeyOf(existing), token };
      }
    },

    async revoke(id) {
      const result = await db.apiKeys.updateOne({ businessId, _id: id, revokedAt: trusted({ $exists: false }) }, { $set: { revokedAt: clock.now() } });
      return result.modifiedCount === 1;
    },
  };
}

/** Nobody knows the business of a caller before its key is found. */
export const createApiKeyFinder = ({ db }: SystemScope): ApiKeyFinder => ({
  async findByToken(token) {
    const row = await db.apiKeys
      .findOne({ tokenHash: tokenHash(token), revokedAt: trusted({ $exists: false }) })
      .setOptions(unscoped('apiKeys.findByToken'))
      .lean();
    return row && apiKeyOf(row);
  },
});

const apiKeyOf = ({ _id, businessId, name, scopes, createdAt, revokedAt }: ApiKeyRow): ApiKey => ({
  id: _id,
  businessId: businessId as BusinessId,
  name,
  scopes,
  createdAt,
  ...(revokedAt && { revokedAt }),
});
