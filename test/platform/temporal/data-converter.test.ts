import { randomBytes } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import { ApplicationFailure } from '@temporalio/common';
import { decodeOptionalFailureToOptionalError, encodeErrorToFailure, loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { BusinessId } from '#domain/ids';
import { systemClock } from '#platform/clock';
import { createKeyRing } from '#platform/crypto/key-ring';
import { createDataConverter } from '#platform/temporal/data-converter';
import { memoryKeyStore } from '../crypto/memory-key-store.ts';

const keys = createKeyRing({ envelope: randomBytes(32), store: memoryKeyStore(), clock: systemClock });
const converter = loadDataConverter(createDataConverter(keys));
const context = { type: 'workflow' as const, namespace: 'default', workflowId: `conversation:${'biz_linden' as BusinessId}:abc` };

test('what went wrong is as unreadable in Temporal as what was said, and readable to us', async () => {
  const thrown = ApplicationFailure.nonRetryable('no answer for +31612345678', 'reply.failed', { text: 'Ik zoek een Golf' });
  const failure = await encodeErrorToFailure(converter, thrown, context);
  const raw = JSON.stringify(failure, (_name, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
  expect(raw).not.toContain('31612345678');
  expect(raw).not.toContain('Golf');
  expect(failure.message).toBe('Encoded failure');

  const read = await decodeOptionalFailureToOptionalError(converter, failure, context);
  expect(read).toMatchObject({ message: 'no answer for +31612345678', type: 'reply.failed', details: [{ text: 'Ik zoek een Golf' }] });
});

test('values pass through the codec', async () => {
  const [codec] = converter.payloadCodecs;
  const payload = converter.payloadConverter.toPayload('Ik zoek een Golf') as Payload;
  const [encoded] = (await codec?.encode([payload], context)) ?? [];
  expect(Buffer.from(encoded?.metadata?.['encoding'] ?? []).toString()).toBe('binary/encrypted');
});
