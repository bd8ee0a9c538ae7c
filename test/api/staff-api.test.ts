import { randomUUID } from 'node:crypto';
import { sweepParked } from '#services/maintenance/sweep-parked';
import type { TestBusiness } from '../support/test-business.ts';
import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';
import { until } from '../support/waiting.ts';
import type { Caller } from './browser.fixture.ts';
import { callerOf, newMember, openEvents, signIn, withKey } from './browser.fixture.ts';

let env: TestEnv;
let garage: TestBusiness;
let anna: Caller;
let annaCookie: string;

beforeAll(async () => {
  env = await startTestEnv();
  garage = await env.newBusiness();
  const signedIn = await signIn(env, garage, await newMember(garage, 'Anna'));
  anna = signedIn.caller;
  annaCookie = signedIn.cookie;
}, 120_000);
afterAll(() => env?.[Symbol.asyncDispose]());

interface Summary {
  id: string;
  customer: { phone: string };
  unreadCount: number;
}
interface Said {
  id: string;
  role: string;
  text: string;
  turnId: string | null;
  memberName: string | null;
  coveredBy: string | null;
  delivery: { state: string; error: { code: number; text: string } | null } | null;
}

/** On a busy machine a message may have been parked as well; its schedule would take it from there. */
const settled = async () => {
  await env.simulator.settled();
  await sweepParked(env.installation);
  await env.settled();
};
const customerWrites = async (text: string) => {
  const phone = garage.phone();
  await phone.writes(text);
  await settled();
  const { body } = await anna.get<{ items: Summary[] }>(`/api/conversations?phone=${encodeURIComponent(phone.e164)}`);
  const [conversation] = body.items;
  if (!conversation) throw new Error('the conversation is not in the list');
  return { phone, conversation, path: `/api/conversations/${conversation.id}` };
};
const messagesOf = async (path: string, query = '') => (await anna.get<{ items: Said[]; nextCursor: string | null }>(`${path}/messages${query}`)).body;

test("a customer's question and the answer stand in the inbox, with why it reads so and where it can be watched", async () => {
  const { phone, conversation, path } = await customerWrites('Ik zoek een Volkswagen Golf');
  expect(conversation).toMatchObject({
    customer: { phone: phone.e164 },
    channel: 'whatsapp',
    status: 'open',
    owner: { type: 'assistant' },
    unreadCount: 1,
    language: 'nl',
    windowEndsAt: expect.any(String),
  });

  const { items } = await messagesOf(path);
  expect(items.map(({ role }) => role)).toEqual(['customer', 'assistant']);
  const [question, answer] = items;
  expect(question?.coveredBy).toBe(answer?.id);
  expect(phone.received()).toEqual([answer?.text]);

  const turn = await anna.get(`${path}/turns/${answer?.turnId}`);
  expect(turn.body).toMatchObject({
    turnId: answer?.turnId,
    reply: { text: answer?.text, intent: expect.any(String) },
    trace: { assistant: 'built-in', language: 'nl' },
  });
  expect((await anna.get(path)).body).toMatchObject({ workflow: { id: `conversation:${garage.id}:${conversation.id}` } });
  expect((await anna.get(`${path}/state`)).body).toMatchObject({ running: true, owner: 'assistant', doing: 'idle', waitingMessages: 0 });

  expect((await anna.post(`${path}/read`)).status).toBe(204);
  expect((await anna.get(path)).body).toMatchObject({ unreadCount: 0 });
});

test('a member takes over, writes, and hands back; the assistant is quiet in between', async () => {
  const { phone, path } = await customerWrites('Hallo');
  const before = phone.received().length;
  const taken = await anna.post(`${path}/takeover`);
  expect(taken).toMatchObject({ status: 200, body: { owner: { type: 'member', name: 'Anna' } } });

  await phone.writes('Wat kost de Golf?');
  await settled();
  expect(phone.received()).toHaveLength(before);
  const sent = await anna.post<Said>('/api/conversations/messages', {
    conversationId: path.split('/').at(-1),
    text: 'Die kost € 18.950',
    clientId: randomUUID(),
  });
  expect(sent).toMatchObject({ status: 202, body: { role: 'member', memberName: 'Anna' } });
  await settled();
  expect(phone.received().at(-1)).toBe('Die kost € 18.950');

  expect((await anna.post(`${path}/handback`)).body).toEqual({ owner: { type: 'assistant' } });
  await phone.writes('Zijn jullie open?');
  await settled();
  expect(phone.received()).toHaveLength(before + 2);
});

test('the same clientId is the same message, however often it is sent', async () => {
  const { phone, conversation } = await customerWrites('Goedemiddag');
  const clientId = randomUUID();
  const before = phone.received().length;
  const answers = await Promise.all(
    [1, 2, 3].map(() => anna.post<Said>('/api/conversations/messages', { conversationId: conversation.id, text: 'Uw auto staat klaar', clientId })),
  );
  await settled();
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(phone.received()).toHaveLength(before + 1);
});

test('a key starts a conversation by number, and only from a number of its business', async () => {
  const key = await withKey(env, garage);
  const phone = garage.phone();
  const body = { channel: 'sms', to: phone.e164, text: 'Uw auto staat klaar', clientId: randomUUID() };
  expect(await key.post('/api/conversations/messages', { ...body, from: '+31201112233' })).toMatchObject({
    status: 400,
    body: { error: { code: 'number.not_yours' } },
  });
  expect((await key.post('/api/conversations/messages', body)).status).toBe(202);
  await settled();
  expect(phone.received()).toEqual(['Uw auto staat klaar']);
});

test('older messages come page by page, each once and in order', async () => {
  const { conversation, path } = await customerWrites('Eerste');
  for (const text of ['Tweede', 'Derde', 'Vierde'])
    await anna.post('/api/conversations/messages', { conversationId: conversation.id, text, clientId: randomUUID() });
  await settled();
  const all = (await messagesOf(path)).items.map(({ id }) => id);
  const paged: string[][] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: Said[]; nextCursor: string | null } = await messagesOf(path, `?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    paged.unshift(page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(paged.flat()).toEqual(all);
  expect(all.length).toBeGreaterThanOrEqual(5);
});

test('a message on its way cannot be sent again, one of another conversation is not found', async () => {
  const { path } = await customerWrites('Hallo');
  const other = await customerWrites('Hoi');
  const answer = (await messagesOf(path)).items.at(-1);
  const retry = (where: string) => anna.post(`${where}/messages/${encodeURIComponent(answer?.id ?? '')}/retry`);
  expect(await retry(path)).toMatchObject({ status: 409, body: { error: { code: 'message.not_retryable' } } });
  expect(await retry(other.path)).toMatchObject({ status: 404, body: { error: { code: 'message.not_found' } } });
});

test('after a reset the assistant begins anew, and the messages stay', async () => {
  const { path } = await customerWrites('Ik zoek een Golf');
  const before = (await messagesOf(path)).items.length;
  expect((await anna.post(`${path}/reset-context`)).status).toBe(204);
  expect((await anna.get(path)).body).toMatchObject({ contextFrom: expect.any(String) });
  expect((await messagesOf(path)).items).toHaveLength(before);
});

test('an open inbox hears of a message and its answer while they happen', async () => {
  using live = await openEvents(`${env.url}/api/events`, { cookie: annaCookie });
  await customerWrites('Zijn jullie zaterdag open?');
  await until(() => ['message.received', 'message.planned', 'message.status'].every((type) => live.events.some((event) => event.type === type)), {
    describe: () => 'all three events',
  });
  expect(JSON.stringify(live.events)).not.toContain('zaterdag');
});

test('when no worker answers, the live state says so instead of waiting', async () => {
  const { path } = await customerWrites('Hallo');
  await env.stopWorkers();
  const answer = await callerOf(env.url, { cookie: annaCookie }).get(`${path}/state`);
  await env.startWorkers();
  expect(answer).toMatchObject({ status: 503, body: { error: { code: 'workflow.unreachable' } } });
}, 60_000);
