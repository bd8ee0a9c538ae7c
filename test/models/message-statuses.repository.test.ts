import fc from 'fast-check';
import type { OutboundId } from '#domain/ids';
import type { MessageStatus } from '#domain/messages/status';
import { isForward, MESSAGE_STATUSES, statusRank } from '#domain/messages/status';
import type { BusinessRepositories } from '#models/repositories';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';
import { aConversation, aReply, aSid } from './conversation.builder.ts';

let database: TestDatabase;
let business: BusinessRepositories;

beforeAll(async () => {
  database = await openTestDatabase('statuses');
  business = await database.aBusiness();
});
afterAll(() => database[Symbol.asyncDispose]());

const attempting = async (): Promise<OutboundId> => {
  const { conversation } = await aConversation(business);
  const reply = aReply(conversation);
  await business.messages.insertPlanned([reply]);
  await business.messages.claim(reply.id, { lease: 'worker', at: new Date() });
  return reply.id;
};
const sent = async (): Promise<{ id: OutboundId; sid: string }> => {
  const [id, sid] = [await attempting(), aSid()];
  await business.messages.markAccepted(id, { sid, status: 'queued', at: new Date() });
  return { id, sid };
};

const OUTBOUND = MESSAGE_STATUSES.filter((status) => status !== 'received');

test('status monotonicity: in whatever order and however often callbacks come, a status never goes backwards and ends at the highest', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...OUTBOUND), { minLength: 1, maxLength: 8 }), async (statuses) => {
      const { id, sid } = await sent();
      let current: MessageStatus = 'queued';
      for (const status of statuses) {
        const { moved, message } = await business.messages.recordStatus({ outboundId: id, sid, status, at: new Date() });
        expect(moved).toBe(isForward(current, status));
        if (moved) current = status;
        expect(message?.status).toBe(current);
      }
      const ranks = (await business.messages.get(id))?.statusHistory.map((change) => statusRank(change.status)) ?? [];
      expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
    }),
    { numRuns: 25 },
  );
});

test('when all callbacks come at once, the highest stays', async () => {
  const { id, sid } = await sent();
  await Promise.all(
    (['sent', 'delivered', 'sent', 'read', 'delivered', 'sending'] as const).map((status) => business.messages.recordStatus({ sid, status, at: new Date() })),
  );
  expect((await business.messages.get(id))?.status).toBe('read');
});

test('the reason of a failed delivery is kept', async () => {
  const { id, sid } = await sent();
  await business.messages.recordStatus({ sid, status: 'undelivered', errorCode: 30003, at: new Date() });
  expect(await business.messages.get(id)).toMatchObject({
    status: 'undelivered',
    delivery: { errorCode: 30003 },
    statusHistory: [{ status: 'queued' }, { status: 'undelivered', errorCode: 30003 }],
  });
});

describe('a callback answers for a request that never did', () => {
  test.each(['attempting', 'unknown', 'absent', 'parked'] as const)('when the row is %s, the send counts as accepted', async (state) => {
    const [id, sid] = [await attempting(), aSid()];
    if (state !== 'attempting') await business.messages.markUnknown(id);
    if (state === 'absent') await business.messages.markAbsent(id);
    if (state === 'parked') await business.messages.park(id, { waitsFor: 'twilio', nextTryAt: new Date() });
    expect(await business.messages.recordStatus({ outboundId: id, sid, status: 'sent', at: new Date() })).toMatchObject({ moved: true, duplicate: false });
    expect(await business.messages.get(id)).toMatchObject({ status: 'sent', delivery: { state: 'accepted', sid } });
    expect(await business.messages.markAccepted(id, { sid, status: 'queued', at: new Date() })).toBe(false);
    expect((await business.messages.claim(id, { lease: 'next', at: new Date() })).claimed).toBe(false);
  });

  test("a message nobody tried to send is not accepted by anybody's callback", async () => {
    const { conversation } = await aConversation(business);
    const reply = aReply(conversation);
    await business.messages.insertPlanned([reply]);
    expect(await business.messages.recordStatus({ outboundId: reply.id, sid: aSid(), status: 'sent', at: new Date() })).toMatchObject({
      moved: false,
      duplicate: false,
    });
    expect((await business.messages.get(reply.id))?.delivery?.state).toBe('planned');
  });
});

test('when Twilio has the same message under a second sid, it is noticed', async () => {
  const { id, sid } = await sent();
  expect(await business.messages.recordStatus({ outboundId: id, sid: aSid(), status: 'delivered', at: new Date() })).toMatchObject({
    moved: false,
    duplicate: true,
  });
  expect((await business.messages.get(id))?.delivery?.sid).toBe(sid);
});

test('when two equal texts were paired crosswise, each status goes to the row that holds the sid', async () => {
  const [first, second] = [await attempting(), await attempting()];
  const [sidOfFirst, sidOfSecond] = [aSid(), aSid()];
  await business.messages.markUnknown(first);
  await business.messages.markUnknown(second);
  await business.messages.markAccepted(first, { sid: sidOfSecond, status: 'sent', at: new Date() });

  expect(await business.messages.recordStatus({ outboundId: second, sid: sidOfSecond, status: 'delivered', at: new Date() })).toMatchObject({
    moved: true,
    duplicate: false,
    message: { id: first },
  });
  expect((await business.messages.get(second))?.delivery?.state).toBe('unknown');
  await business.messages.markAccepted(second, { sid: sidOfFirst, status: 'sent', at: new Date() });
  expect(await business.messages.recordStatus({ outboundId: first, sid: sidOfFirst, status: 'delivered', at: new Date() })).toMatchObject({
    moved: true,
    duplicate: false,
    message: { id: second },
  });
});

test("a callback about nothing of ours is nobody's", async () => {
  expect(await business.messages.recordStatus({ sid: aSid(), status: 'sent', at: new Date() })).toEqual({ moved: false, message: null, duplicate: false });
});

test("another business's callback cannot touch the row", async () => {
  const { id, sid } = await sent();
  const other = await database.aBusiness();
  expect(await other.messages.recordStatus({ outboundId: id, sid, status: 'failed', at: new Date() })).toEqual({
    moved: false,
    message: null,
    duplicate: false,
  });
  expect((await business.messages.get(id))?.status).toBe('queued');
});
