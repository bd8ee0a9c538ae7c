import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { BusinessId } from '#domain/ids';
import { decrypt, encrypt, framed } from './aes-gcm.ts';
import type { KeyRing } from './key-ring.ts';
import { ERASED } from './vault.ts';

const ENCRYPTED = 'binary/encrypted';
const WORKFLOW_OF_BUSINESS = /^[a-z_-]+:(biz_[\w-]{1,60})(?::|$)/;

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/**
 * Encrypts what Temporal stores with the week's key of the business that the workflow id names (`<kind>:<businessId>:…`), or the platform's.
 * Decoding needs the payload alone, since a codec server is told nothing else. What is not ours passes through untouched.
 */
export function createPayloadCodec(keys: KeyRing): PayloadCodec {
  return {
    async encode(payloads, context) {
      if (payloads.length === 0) return [];
      const { id, key } = await keys.epochKey(businessOf(context));
      return payloads.map((payload) => ({
        metadata: { encoding: Buffer.from(ENCRYPTED), 'key-id': Buffer.from(id) },
        data: encrypt(key, PayloadMessage.encode(payload).finish(), framed('temporal', id)),
      }));
    },
    decode: (payloads) => Promise.all(payloads.map((payload) => open(keys, payload))),
  };
}

function businessOf(context: SerializationContext | undefined): BusinessId | null {
  return (WORKFLOW_OF_BUSINESS.exec(context?.workflowId ?? '')?.[1] ?? null) as BusinessId | null;
}

async function open(keys: KeyRing, payload: Payload): Promise<Payload> {
  const keyId = text(payload.metadata?.['key-id']);
  if (text(payload.metadata?.['encoding']) !== ENCRYPTED || keyId === undefined || !payload.data) return payload;
  const key = await keys.byId(keyId);
  if (!key) return erased();
  const plain = decrypt(key, payload.data, framed('temporal', keyId));
  // Somebody else's payload under the same encoding name: theirs to read, not ours to fail on.
  return plain ? PayloadMessage.decode(plain) : payload;
}

/** A missing key must not fail the workflow task that replays past it. */
const erased = (): Payload => ({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(ERASED)) });

const text = (bytes: Uint8Array | null | undefined): string | undefined => (bytes ? Buffer.from(bytes).toString() : undefined);
