import { createHash, randomBytes } from 'node:crypto';
import { decrypt, encrypt, framed } from './aes-gcm.ts';

const KEY_BYTES = 32;

/** The key that wraps others, and what it is called in what it wrapped. */
export interface WrappingKey {
  name: string;
  key: Buffer;
}

export const newDataKey = (): Buffer => randomBytes(KEY_BYTES);

/** The envelope key under a name made from it, so that after a rotation both can be told apart. @throws RangeError unless 32 bytes */
export function envelopeKey(key: Buffer): WrappingKey {
  if (key.length !== KEY_BYTES) throw new RangeError('The envelope key must have 32 bytes.');
  return { name: `r-${createHash('sha256').update('switchboard envelope key').update(key).digest('hex').slice(0, 8)}`, key };
}

/** `<name of the wrapping key>.<base64url>`; bound to the id of the key inside. */
export const wrapKey = (by: WrappingKey, id: string, key: Buffer): string => `${by.name}.${encrypt(by.key, key, framed('wrap', id)).toString('base64url')}`;

/** undefined when none of the given keys wrapped it, or it belongs to another id. */
export function unwrapKey(candidates: readonly WrappingKey[], id: string, wrapped: string): Buffer | undefined {
  const dot = wrapped.indexOf('.');
  const by = candidates.find(({ name }) => name === wrapped.slice(0, dot));
  return by && decrypt(by.key, Buffer.from(wrapped.slice(dot + 1), 'base64url'), framed('wrap', id));
}
