import { Failure } from '#domain/failure';
import type { BusinessId, CustomerId } from '#domain/ids';
import { decrypt, encrypt, framed } from './aes-gcm.ts';
import { businessKeyId, customerKeyId } from './key-id.ts';
import type { BlindPurpose, KeyRing, PLATFORM } from './key-ring.ts';

/** Where a sealed text belongs; bound into it, so that a value copied to another place does not open. */
export interface SealedPlace {
  businessId: BusinessId;
  /** Sealed under this customer's key when given, under the business's otherwise. */
  customerId?: CustomerId;
  collection: string;
  id: string;
  field: string;
}

/** What opens instead of a text whose key was destroyed. */
export const ERASED = '[erased]';

export interface Vault {
  seal(text: string, at: SealedPlace): Promise<string>;
  /** `[erased]` when the key is gone. @throws Failure `vault.unreadable` when the text was changed or moved. */
  open(sealed: string, at: SealedPlace): Promise<string>;
  /** Like the key ring's, loading the business's keys first when they are not held. */
  blindIndex(businessId: BusinessId | typeof PLATFORM, purpose: BlindPurpose, value: string): Promise<string>;
}

const unreadable = (at: SealedPlace): Failure =>
  new Failure('unavailable', 'vault.unreadable', `A stored value in ${at.collection}.${at.field} was changed or belongs elsewhere.`);

/** Sealed text is `1.b.<base64url>` under the business's key or `1.c.<customerId>.<base64url>` under a customer's. */
const SEALED = /^1\.(?:b|c\.([\w-]{1,64}))\.([\w-]+)$/;

export function createVault(keys: KeyRing): Vault {
  const boundTo = (at: SealedPlace, keyId: string): string => framed(at.businessId, at.collection, at.id, at.field, keyId);

  return {
    async seal(text, at) {
      const { id, key } = at.customerId ? await keys.customerKey(at.businessId, at.customerId) : await keys.businessKey(at.businessId);
      const body = encrypt(key, Buffer.from(text), boundTo(at, id)).toString('base64url');
      return at.customerId ? `1.c.${at.customerId}.${body}` : `1.b.${body}`;
    },
    async open(sealed, at) {
      const match = SEALED.exec(sealed);
      if (!match) throw unreadable(at);
      // The text itself names the customer: it stays readable when the row is given to another one by a merge.
      const keyId = match[1] ? customerKeyId(at.businessId, match[1] as CustomerId) : businessKeyId(at.businessId);
      const key = await keys.byId(keyId);
      if (!key) return ERASED;
      const plain = decrypt(key, Buffer.from(match[2] ?? '', 'base64url'), boundTo(at, keyId));
      if (!plain) throw unreadable(at);
      return plain.toString();
    },
    async blindIndex(businessId, purpose, value) {
      await keys.preload([businessId]);
      return keys.blindIndex(businessId, purpose, value);
    },
  };
}
