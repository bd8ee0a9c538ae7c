import { createRequire } from 'node:module';
import type { DataConverter } from '@temporalio/common';
import type { KeyRing } from '#platform/crypto/key-ring';
import { createPayloadCodec } from '#platform/crypto/payload-codec';

export const createDataConverter = (keys: KeyRing): DataConverter => ({ payloadCodecs: [createPayloadCodec(keys)], failureConverterPath });

/** Resolved like an import, so that it is the .ts file in the tree and the .js file in the built image. */
export const failureConverterPath: string = createRequire(import.meta.url).resolve('#platform/temporal/failure-converter');
