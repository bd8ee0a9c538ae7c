import type { TestBusiness } from '../support/test-business.ts';
import type { TestEnv } from '../support/test-env.ts';
import { startTestEnv } from '../support/test-env.ts';
import { until } from '../support/waiting.ts';
import { callerOf, newMember, openEvents, signIn, withKey } from './browser.fixture.ts';

let env: TestEnv;
let garage: TestBusiness;
let dentist: TestBusiness;

beforeAll(async () => {
  env = await startTestEnv({ workers: false });
  [garage, dentist] = [await env.newBusiness(), await env.newBusiness()];
}, 120_000);
afterAll(() => env?.[Symbol.asyncDispose]());

const conversationId = 'conversation-1' as never;
const happens = (business: TestBusiness, n: number) => business.ctx.events.append({ type: 'conversation.updated', conversationId, data: { n } });
const heard = (live: { events: { type: string; data: Record<string, unknown> }[] }) =>
  live.events.filter(({ type }) => type === 'conversation.updated').map(({ data }) => (data['data'] as { n: number }).n);
const asStaff = async (business: TestBusiness) => ({ authorization: `Bearer ${(await withKey(env, business)).token}` });

test("what happens in a business is told to its staff, and to nobody else's", async () => {
  using ours = await openEvents(`${env.url}/api/events`, await asStaff(garage));
  using theirs = await openEvents(`${env.url}/api/events`, await asStaff(dentist));
  expect(ours.headers.get('content-type')).toContain('text/event-stream');
  expect(ours.headers.get('x-accel-buffering')).toBe('no');
  await happens(garage, 1);
  await happens(dentist, 2);
  await until(() => heard(ours).length === 1 && heard(theirs).length === 1, { describe: () => 'both to hear their own' });
  expect([heard(ours), heard(theirs)]).toEqual([[1], [2]]);
  expect(ours.events[0]?.data).toMatchObject({
    id: ours.events[0]?.id,
    type: 'conversation.updated',
    conversationId: 'conversation-1',
    at: expect.any(String),
  });
});

test('a browser that was away hears what it missed, in order and each once', async () => {
  const headers = await asStaff(garage);
  const first = await openEvents(`${env.url}/api/events`, headers);
  await happens(garage, 10);
  await until(() => heard(first).includes(10), { describe: () => 'the first event' });
  const lastId = first.events.at(-1)?.id ?? '';
  first[Symbol.dispose]();
  await happens(garage, 11);
  await happens(garage, 12);
  using back = await openEvents(`${env.url}/api/events`, { ...headers, 'last-event-id': lastId });
  await happens(garage, 13);
  await until(() => heard(back).includes(13), { describe: () => 'the newest event' });
  const fromTen = heard(back).slice(heard(back).indexOf(10));
  expect(fromTen).toEqual([10, 11, 12, 13]);
});

test.each(['000000000000000000000000', 'not-an-id', '{"$ne":null}'])('a place nobody knows (%s) means: load afresh', async (lastId) => {
  using live = await openEvents(`${env.url}/api/events`, { ...(await asStaff(garage)), 'last-event-id': lastId });
  await until(() => live.events.some(({ type }) => type === 'resync'), { describe: () => 'a resync' });
  await happens(garage, 20);
  await until(() => heard(live).includes(20), { describe: () => 'what happens next' });
});

test("another business's place is unknown here", async () => {
  using theirs = await openEvents(`${env.url}/api/events`, await asStaff(dentist));
  await happens(dentist, 30);
  await until(() => heard(theirs).includes(30), { describe: () => 'their event' });
  using ours = await openEvents(`${env.url}/api/events`, { ...(await asStaff(garage)), 'last-event-id': theirs.events.at(-1)?.id ?? '' });
  await until(() => ours.events.length > 0, { describe: () => 'an answer' });
  expect(ours.events[0]?.type).toBe('resync');
});

test('signing out ends the live channel at once', async () => {
  const { cookie, caller } = await signIn(env, garage, await newMember(garage));
  using live = await openEvents(`${env.url}/api/events`, { cookie });
  expect(live.status).toBe(200);
  await caller.post('/api/sign-out');
  await live.ended;
  await happens(garage, 40);
  expect(heard(live)).not.toContain(40);
});

test('without a login there is no live channel', async () => {
  expect((await callerOf(env.url).get('/api/events')).status).toBe(401);
});
