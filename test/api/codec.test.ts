import { startApi } from '#api/server';
import { createPayloadCodec } from '#platform/crypto/payload-codec';
import type { TestBusiness } from '../support/test-business.ts';
import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';
import { callerOf, withKey } from './browser.fixture.ts';

let env: TestEnv;
let garage: TestBusiness;
let dentist: TestBusiness;
const UI = 'http://localhost:8233';

beforeAll(async () => {
  env = await startTestEnv({ workers: false, settings: { TEMPORAL_UI_URL: UI } });
  [garage, dentist] = [await env.newBusiness(), await env.newBusiness()];
}, 120_000);
afterAll(() => env?.[Symbol.asyncDispose]());

interface WirePayload {
  metadata: Record<string, string>;
  data: string;
}

const inBase64 = (text: string): string => Buffer.from(text).toString('base64');

/** One payload of a business's conversation, as Temporal stores it and its UI sends it. */
async function stored(business: TestBusiness, words: string): Promise<WirePayload> {
  const plain = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(words)) };
  const [sealed] = await createPayloadCodec(env.installation.keys).encode([plain], {
    type: 'workflow',
    namespace: 'default',
    workflowId: `conversation:${business.id}:x`,
  } as never);
  return {
    metadata: Object.fromEntries(Object.entries(sealed?.metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')])),
    data: Buffer.from(sealed?.data ?? []).toString('base64'),
  };
}

test("the Temporal UI of this machine reads what was said, and nobody's page elsewhere does", async () => {
  const payload = await stored(garage, 'Hallo daar');
  expect(JSON.stringify(payload)).not.toContain(inBase64('Hallo daar'));
  const answer = await callerOf(env.url, { origin: UI }).post<{ payloads: WirePayload[] }>('/codec/decode', { payloads: [payload] });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBe(UI);
  expect(Buffer.from(answer.body.payloads[0]?.data ?? '', 'base64').toString()).toBe('"Hallo daar"');
  expect((await callerOf(env.url, { origin: 'https://evil.example' }).post('/codec/decode', { payloads: [payload] })).status).toBe(401);
});

test('outside test mode a key is needed, and it opens its own business only', async () => {
  await using api = await startApi({ ...env.installation, config: { ...env.config, mode: 'production', httpPort: 0 } });
  const payloads = [await stored(garage, 'ons geheim'), await stored(dentist, 'hun geheim')];
  expect((await callerOf(api.url).post('/codec/decode', { payloads })).status).toBe(401);
  const { token } = await withKey(env, garage);
  const { body } = await callerOf(api.url, { authorization: `Bearer ${token}` }).post<{ payloads: WirePayload[] }>('/codec/decode', { payloads });
  expect(Buffer.from(body.payloads[0]?.data ?? '', 'base64').toString()).toBe('"ons geheim"');
  expect(body.payloads[1]).toEqual(payloads[1]);
});

test('what is encoded here is decoded here, and what is no payload is refused', async () => {
  const plain = { metadata: { encoding: inBase64('json/plain') }, data: inBase64('"x"') };
  const encoded = await callerOf(env.url).post<{ payloads: WirePayload[] }>('/codec/encode', { payloads: [plain] });
  expect(encoded.body.payloads[0]).not.toEqual(plain);
  expect((await callerOf(env.url).post('/codec/decode', encoded.body)).body).toEqual({ payloads: [plain] });
  for (const body of ['{', '[]', '{"payloads":1}', '{"payloads":[{"data":1}]}']) expect((await callerOf(env.url).post('/codec/decode', body)).status).toBe(400);
});
