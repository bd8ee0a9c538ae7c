import type { BusinessProfile } from '#domain/business/profile';
import { Failure } from '#domain/failure';
import type { BusinessId } from '#domain/ids';
import type { SealedPlace, Vault } from '#platform/crypto/vault';
import { ERASED } from '#platform/crypto/vault';
import { isDuplicateKey } from '#platform/mongo/duplicate-key';
import type { BusinessRow } from './business.model.ts';
import { BUSINESSES } from './business.model.ts';

export interface TwilioAccount {
  accountSid: string;
  authToken: string;
}

const tokenPlace = (id: BusinessId): SealedPlace => ({ businessId: id, collection: BUSINESSES, id, field: 'twilio.authToken' });

export const sealAccount = async (vault: Vault, id: BusinessId, { accountSid, authToken }: TwilioAccount): Promise<TwilioAccount> => ({
  accountSid,
  authToken: await vault.seal(authToken, tokenPlace(id)),
});

/** null when there is no account, or the business's key was destroyed. */
export async function openAccount(vault: Vault, row: Pick<BusinessRow, '_id' | 'twilio'>): Promise<TwilioAccount | null> {
  if (!row.twilio) return null;
  const authToken = await vault.open(row.twilio.authToken, tokenPlace(row._id as BusinessId));
  return authToken === ERASED ? null : { accountSid: row.twilio.accountSid, authToken };
}

export const profileOf = ({ _id, name, trade, timeZone, locale, hours, address, numbers, cars }: BusinessRow): BusinessProfile => ({
  id: _id as BusinessId,
  name,
  trade,
  timeZone,
  locale,
  hours,
  ...(address !== undefined && { address }),
  numbers,
  cars,
});

/** What the unique index sees; absent when there are none. */
export function numberKeysOf(numbers: BusinessProfile['numbers']): string[] | undefined {
  const keys = numbers.flatMap(({ e164, channels }) => channels.map((channel) => `${channel}:${e164}`));
  return keys.length > 0 ? keys : undefined;
}

/** @throws Failure conflict `number.taken` when another business has the number already; anything else as it came. */
export function refuseTakenNumber(thrown: unknown): never {
  if (isDuplicateKey(thrown)) throw new Failure('conflict', 'number.taken', 'Another business has this number already.');
  throw thrown;
}
