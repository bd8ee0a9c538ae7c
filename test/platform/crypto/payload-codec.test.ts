import { randomBytes } from 'node:crypto';
import type { Payload, SerializationContext } from '@temporalio/common';
import { defaultPayloadConverter } from '@temporalio/common';
import fc from 'fast-check';
import type { BusinessId } from '#domain/ids';
import { systemClock } from '#platform/clock';
import { createKeyRing } from '#platform/crypto/key-ring';
import { createPayloadCodec } from '#platform/crypto/payload-codec';
import { memoryKeyStore } from './memory-key-store.ts';

const store = memoryKeyStore();
const keys = createKeyRing({ envelope: randomBytes(32), store, clock: systemClock });
const codec = createPayloadCodec(keys);
const linden = 'biz_linden' as BusinessId;
const workflow = (workflowId: string): SerializationContext => ({ type: 'workflow', namespace: 'default', workflowId });
const inConversation = workflow(`conversation:${linden}:abc`);
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value) as Payload;
const readable = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload as Payload);
const keyIdOf = (payload: Payload | undefined): string => Buffer.from(payload?.metadata?.['key-id'] ?? []).toString();

beforeAll(() => keys.preload([linden]));

test('whatever goes into a history comes out again, without being told whose it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 4 }), async (values) => {
      const payloads = values.map(payloadOf);
      const encoded = await codec.encode(payloads, inConversation);
      expect((await codec.decode(encoded)).map(readable)).toEqual(payloads.map(readable));
    }),
  );
});

test('nothing a customer said shows in a history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 6, unit: 'grapheme-ascii' }), async (text) => {
      const [encoded] = await codec.encode([payloadOf({ text, phone: '+31612345678' })], inConversation);
      const everything = Buffer.concat([encoded?.data ?? new Uint8Array(), ...Object.values(encoded?.metadata ?? {})]);
      expect(everything.includes(text)).toBe(false);
      expect(everything.includes('31612345678')).toBe(false);
    }),
  );
});

test("a conversation is sealed with its own business's key of the week, anything else with the platform's", async () => {
  const keyFor = async (context?: SerializationContext) => keyIdOf((await codec.encode([payloadOf(1)], context))[0]);
  expect(await keyFor(inConversation)).toMatch(/^e:biz_linden:\d{4}-W\d{2}$/);
  expect(await keyFor({ type: 'activity', namespace: 'default', workflowId: `conversation:${linden}:abc`, isLocal: false })).toMatch(/^e:biz_linden:/);
  for (const context of [
    undefined,
    workflow('cleanup'),
    workflow('cleanup:2026'),
    workflow('temporal-sys-scheduler:sweep'),
    workflow('Conversation:biz_x'),
    { type: 'activity' as const, namespace: 'default', isLocal: false },
  ]) {
    expect(await keyFor(context)).toMatch(/^e:platform:/);
  }
});

test('once the keys are loaded, encoding asks nobody', async () => {
  const calls = store.calls;
  store.isDown = true;
  await codec.encode([payloadOf('Ik zoek een Golf')], inConversation);
  store.isDown = false;
  expect(store.calls).toBe(calls);
});

test('when the key is gone, the history reads erased and its workflow does not fail', async () => {
  const eiken = 'biz_eiken' as BusinessId;
  const [encoded] = await codec.encode([payloadOf('Ik zoek een Golf')], workflow(`conversation:${eiken}:abc`));
  await keys.forget({ keyId: keyIdOf(encoded) });
  expect(readable((await codec.decode([encoded as Payload]))[0])).toBe('[erased]');
});

test('what others wrote passes untouched', async () => {
  const foreign: Payload[] = [
    payloadOf('plain'),
    {},
    { metadata: {} },
    { metadata: { encoding: Buffer.from('binary/encrypted') }, data: Buffer.from('theirs') },
    { metadata: { encoding: Buffer.from('binary/encrypted'), 'key-id': Buffer.from(`e:${linden}:2026-W47`) } },
    { metadata: { encoding: Buffer.from('binary/other'), 'key-id': Buffer.from('b:x') }, data: Buffer.from('theirs') },
  ];
  expect(await codec.decode(foreign)).toEqual(foreign);
});

test('a payload that was tampered with never reads as something else, and decoding never throws', async () => {
  const [encoded] = await codec.encode([payloadOf('Ik zoek een Golf')], inConversation);
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (position, change) => {
      const data = Buffer.from(encoded?.data ?? []);
      const at = position % data.length;
      data[at] = (data[at] ?? 0) ^ change;
      const changed: Payload = { metadata: encoded?.metadata, data };
      expect(await codec.decode([changed])).toEqual([changed]);
    }),
  );
});

test("a payload under another week's key id does not open", async () => {
  const [encoded] = await codec.encode([payloadOf('Ik zoek een Golf')], inConversation);
  const moved: Payload = { ...encoded, metadata: { ...encoded?.metadata, 'key-id': Buffer.from((await keys.epochKey(null)).id) } };
  expect(await codec.decode([moved])).toEqual([moved]);
});

test('nothing to encode is nothing encoded', async () => {
  expect(await codec.encode([], inConversation)).toEqual([]);
});
