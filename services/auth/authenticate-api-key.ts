import { Failure } from '#domain/failure';
import type { BusinessId } from '#domain/ids';
import type { Installation } from '../context.ts';

export interface AuthenticKey {
  keyId: string;
  businessId: BusinessId;
  scopes: string[];
}

/** Anything shorter or odder was never issued; looking it up would only cost a query. */
const API_KEY = /^[\w.~+/=-]{16,200}$/;

/** @throws Failure `auth.key_invalid` (401) for a key that is unknown or revoked. */
export async function authenticateApiKey(installation: Pick<Installation, 'system'>, { token }: { token: string }): Promise<AuthenticKey> {
  const key = API_KEY.test(token) ? await installation.system.apiKeys.findByToken(token) : null;
  if (!key) throw new Failure('unauthenticated', 'auth.key_invalid', 'The API key is unknown or revoked.');
  return { keyId: key.id, businessId: key.businessId, scopes: key.scopes };
}
