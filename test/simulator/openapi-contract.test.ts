import { Ajv } from 'ajv';
import twilio from 'twilio';
import type { JsonSchema, OpenApi } from '../support/twilio-openapi.ts';
import { loadTwilioOpenApi, templateOf } from '../support/twilio-openapi.ts';
import type { SimulatedTwilio } from './simulated-twilio.fixture.ts';
import { ADA, failureOf, GARAGE, simulatedTwilio } from './simulated-twilio.fixture.ts';

const spec = loadTwilioOpenApi('api_v2010');
const whenAvailable = spec ? describe : describe.skip;
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const RFC_2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d \+0000$/;
const KNOWN_PATHS = /\/Messages(\/\{Sid\}|\/\{MessageSid\}\/Media(\/\{Sid\})?)?\.json$/;

interface Exchange {
  method: 'get' | 'post' | 'delete';
  path: string;
  form: Record<string, unknown>;
  status: number;
  answer: unknown;
}

/** Twilio's SDK with a memory of what it sent and got. */
function recordingClient({ account, simulator }: SimulatedTwilio) {
  const exchanges: Exchange[] = [];
  const httpClient = new twilio.RequestClient();
  const send = httpClient.request.bind(httpClient);
  httpClient.request = async (options) => {
    const response = await send(options);
    const body: unknown = response.body;
    exchanges.push({
      method: options.method as Exchange['method'],
      path: new URL(options.uri).pathname,
      form: (options.data ?? {}) as Record<string, unknown>,
      status: response.statusCode,
      answer: typeof body === 'string' && body !== '' ? JSON.parse(body) : body,
    });
    return response as never;
  };
  const client = twilio(account.accountSid, account.authToken, { httpClient });
  client.api.baseUrl = simulator.url;
  return { client, exchanges };
}

/** Everything our side ever asks of Twilio about messages, once. */
async function wholeStory(world: SimulatedTwilio): Promise<Exchange[]> {
  const { client, exchanges } = recordingClient(world);
  const service = `MG${'a'.repeat(32)}`;
  await world.write({ channel: 'whatsapp', media: [{ contentType: 'image/png', base64: 'AAAA' }] });
  const { sid } = await client.messages.create({ to: ADA, from: GARAGE, body: 'Hoi', statusCallback: 'http://127.0.0.1:9/status?out=1' });
  await client.messages.create({ to: ADA, messagingServiceSid: service, body: 'Hoi', provideFeedback: true, validityPeriod: 60 });
  await client.messages.create({ to: `whatsapp:${ADA}`, from: `whatsapp:${GARAGE}`, contentSid: `HX${'1'.repeat(32)}`, contentVariables: '{"1":"Ada"}' });
  await world.simulator.settled();
  await client.messages.page({ pageSize: 2, to: ADA, from: GARAGE, dateSentAfter: new Date(0) });
  await client.messages.list({ pageSize: 1 });
  await client.messages(sid).fetch();
  await client.messages(sid).update({ body: '' });
  await client.messages(sid).remove();
  const [inbound] = await client.messages.list({ from: `whatsapp:${ADA}` });
  const media = client.messages(inbound?.sid ?? '').media;
  const [photo] = await media.list();
  await media(photo?.sid ?? '').fetch();
  await media(photo?.sid ?? '').remove();
  return exchanges;
}

async function story() {
  await using world = await simulatedTwilio({
    messagingServices: [{ sid: `MG${'a'.repeat(32)}`, senders: [GARAGE] }],
    contents: { [`HX${'1'.repeat(32)}`]: 'Dag {{1}}' },
  });
  return await wholeStory(world);
}

function operationOf(openApi: OpenApi, { method, path }: Exchange) {
  const template = templateOf(openApi, path);
  const operation = template === undefined ? undefined : openApi.paths[template]?.[method];
  if (!operation) throw new Error(`${method} ${path} is not in Twilio's OpenAPI`);
  return operation;
}

/** The file's schema made usable: references resolved, null allowed, counts and prices as number or text, nothing beyond the example's keys. */
function strictSchema(openApi: OpenApi, schema: JsonSchema, example: unknown): object {
  if (schema.$ref) {
    const resolved = openApi.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
    if (!resolved) throw new Error(`${schema.$ref} is missing`);
    return strictSchema(openApi, resolved, example);
  }
  if (schema.properties) {
    const keys = Object.keys(schema.properties);
    const facts = Object(example) as Record<string, unknown>;
    const properties = Object.fromEntries(Object.entries(schema.properties).map(([key, part]) => [key, strictSchema(openApi, part, facts[key])]));
    return { type: 'object', properties, additionalProperties: false, required: keys.filter((key) => key in facts) };
  }
  if (schema.items) return { type: 'array', items: strictSchema(openApi, schema.items, Array.isArray(example) ? example[0] : undefined) };
  return {
    ...(schema.type ? { type: schema.type === 'object' ? ['object', 'null'] : ['string', 'number', 'boolean', 'null'] } : {}),
    ...(schema.enum ? { enum: [...schema.enum, null] } : {}),
    ...(schema.pattern ? { pattern: schema.pattern } : {}),
  };
}

function datesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(datesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key.startsWith('date_') ? [part] : datesIn(part)));
}

whenAvailable("Twilio's OpenAPI file and the simulator agree", () => {
  const openApi = spec as OpenApi;

  it('every body the SDK sends has only names the file knows, the required ones, and sids of the right shape', async () => {
    const posts = (await story()).filter(({ method }) => method === 'post');
    expect(posts.length).toBeGreaterThanOrEqual(4);
    for (const post of posts) {
      const schema = operationOf(openApi, post).requestBody?.content[FORM]?.schema ?? {};
      const sent = Object.keys(post.form).filter((name) => post.form[name] !== undefined);
      expect(Object.keys(schema.properties ?? {})).toEqual(expect.arrayContaining(sent));
      expect(sent).toEqual(expect.arrayContaining(schema.required ?? []));
      for (const [name, { pattern }] of Object.entries(schema.properties ?? {})) {
        if (pattern && post.form[name] !== undefined) expect(post.form[name]).toMatch(new RegExp(pattern));
      }
    }
  });

  it("every answer has exactly the keys of the file's example, the right kinds of values and RFC 2822 dates", async () => {
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strict: false });
    for (const exchange of await story()) {
      const described = operationOf(openApi, exchange).responses[String(exchange.status)];
      expect(described).toBeDefined();
      const content = described?.content?.[JSON_TYPE];
      if (!content) {
        expect(exchange.answer || '').toBe('');
        continue;
      }
      const [example] = Object.values(content.examples ?? {});
      const valid = ajv.compile(strictSchema(openApi, content.schema, example?.value));
      valid(exchange.answer);
      expect(valid.errors ?? []).toEqual([]);
      for (const date of datesIn(exchange.answer)) expect(date === null || RFC_2822.test(String(date))).toBe(true);
    }
  });

  it('a schema made strict does refuse an answer with a key too many or one missing', () => {
    const operation = openApi.paths['/2010-04-01/Accounts/{AccountSid}/Messages.json']?.post;
    const content = operation?.responses['201']?.content?.[JSON_TYPE];
    const example = Object.values(content?.examples ?? {})[0]?.value as Record<string, unknown>;
    const valid = new Ajv({ allowUnionTypes: true, strict: false }).compile(strictSchema(openApi, content?.schema ?? {}, example));
    const { price, ...withoutPrice } = example;
    expect(price).toBeNull();
    expect([valid(example), valid({ ...example, extra: 1 }), valid(withoutPrice), valid({ ...example, sid: 'SM1' })]).toEqual([true, false, false, false]);
  });

  it('every path of the file that is not simulated answers 404 / 20404 and is listed as a gap', async () => {
    await using world = await simulatedTwilio();
    const { accountSid, authToken } = world.account;
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    const unknown = Object.entries(openApi.paths).flatMap(([template, operations]) =>
      KNOWN_PATHS.test(template) ? [] : (['get', 'post', 'delete'] as const).filter((method) => operations?.[method]).map((method) => ({ method, template })),
    );
    expect(unknown.length).toBeGreaterThan(150);

    for (const { method, template } of unknown) {
      const path = template.replace('{AccountSid}', accountSid).replace(/\{\w+\}/g, 'x1');
      const answer = await fetch(world.simulator.url + path, { method, headers: { authorization } });
      expect([template, answer.status, ((await answer.json()) as { code: number }).code]).toEqual([template, 404, 20404]);
    }
    expect(world.simulator.world.gaps.list().reduce((total, { count }) => total + count, 0)).toBe(unknown.length);
  });

  it('the SDK reads every answer without an invalid date or a missing field', async () => {
    await using world = await simulatedTwilio();
    await world.write({ channel: 'whatsapp', media: [{ contentType: 'image/png', base64: 'AAAA' }] });
    await world.client.messages.create({ to: ADA, from: GARAGE, body: 'Hoi' });
    await world.simulator.settled();
    const messages = await world.client.messages.list();
    const media = await Promise.all(messages.map(({ sid }) => world.client.messages(sid).media.list()));
    const read = [...messages, ...media.flat()].map((instance) => instance.toJSON() as Record<string, unknown>);

    expect(read).toHaveLength(3);
    for (const value of read.flatMap((fields) => Object.values(fields))) {
      expect(value).not.toBeUndefined();
      if (value instanceof Date) expect(Number.isNaN(value.getTime())).toBe(false);
    }
    expect((await failureOf(world.client.messages(`SM${'0'.repeat(32)}`).fetch())).constructor.name).toBe('RestException');
  });
});
