import type { ConversationId } from '#domain/ids';
import { inboundRowId } from '#domain/ids';
import type { BusinessRepositories } from '#models/repositories';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';
import { aConversation, aReply, aSid, aText } from './conversation.builder.ts';

let database: TestDatabase;
let business: BusinessRepositories;

beforeAll(async () => {
  database = await openTestDatabase('threads');
  business = await database.aBusiness();
});
afterAll(() => database[Symbol.asyncDispose]());

const at = (second: number): Date => new Date(1_700_000_000_000 + second * 1_000);

async function allPages(conversationId: ConversationId, newestFirst: boolean): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await business.messages.listByConversation({ conversationId, limit: 3, newestFirst, cursor });
    seen.push(...page.items.map(({ content }) => content));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return seen;
}

test.each([false, true])('page by page (newest first: %s), every message is read once, however many share a second', async (newestFirst) => {
  const { conversation, id } = await aConversation(business);
  const texts = Array.from({ length: 10 }, (_, n) => `bericht ${n}`);
  await business.messages.insertInbound(
    conversation,
    texts.map((text, n) => aText(text, { messageId: `SM${n}`, receivedAtMs: at(Math.floor(n / 4)).getTime() })),
  );
  expect(await allPages(id, newestFirst)).toEqual(newestFirst ? texts.toReversed() : texts);
});

test('a cursor nobody gave out is refused', async () => {
  const { id } = await aConversation(business);
  for (const cursor of ['', 'x', Buffer.from('abc def').toString('base64url'), Buffer.from('99999999999999999 x').toString('base64url')]) {
    await expect(business.messages.listByConversation({ conversationId: id, limit: 3, cursor })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'cursor.invalid',
    });
  }
});

describe('the context of a reply', () => {
  test('it is what was said since the context began, oldest first, without the words to be answered now', async () => {
    const { conversation, id } = await aConversation(business);
    const messages = Array.from({ length: 6 }, (_, n) => aText(`bericht ${n}`, { receivedAtMs: at(n).getTime() }));
    await business.messages.insertInbound(conversation, messages);
    const now = messages[5]?.messageId ?? '';
    const context = await business.messages.contextOf({ conversationId: id, from: at(1), before: at(60), limit: 3, except: [inboundRowId(id, now)] });
    expect(context.map(({ content }) => content)).toEqual(['bericht 2', 'bericht 3', 'bericht 4']);
  });

  test('a reply the customer never got is not part of it', async () => {
    const { conversation, id } = await aConversation(business);
    const reply = (content: string, second: number) => aReply(conversation, { content, occurredAt: at(second) });
    const [got, dropped, failed, waiting] = [reply('gekregen', 1), reply('vervallen', 2), reply('mislukt', 3), reply('nog niet', 4)];
    await business.messages.insertPlanned([got, dropped, failed, waiting]);
    await business.messages.claim(got.id, { lease: 'w', at: new Date() });
    await business.messages.markAccepted(got.id, { sid: aSid(), status: 'queued', at: new Date() });
    await business.messages.supersedeTurn(dropped.turnId);
    await business.messages.markFailed(failed.id, {});
    expect((await business.messages.contextOf({ conversationId: id, before: at(60), limit: 10 })).map(({ content }) => content)).toEqual(['gekregen']);
  });
});

describe('work that was left behind', () => {
  test('an outbound that has not moved for long is found; a settled one is not', async () => {
    const quiet = await database.aBusiness();
    const { conversation } = await aConversation(quiet);
    const [stuck, done] = [aReply(conversation), aReply(conversation)];
    await quiet.messages.insertPlanned([stuck, done]);
    await quiet.messages.markFailed(done.id, {});
    expect(await quiet.messages.unsettled({ olderThanMs: 60_000, limit: 10 })).toEqual([]);
    database.clock.setOffset(61_000);
    expect((await quiet.messages.unsettled({ olderThanMs: 60_000, limit: 10 })).map(({ id }) => id)).toEqual([stuck.id]);
    const across = await database.system.sweeps.unsettledMessages({ olderThanMs: 60_000, limit: 1_000 });
    expect(across).toContainEqual({ businessId: quiet.businessId, conversationId: conversation.id, outboundId: stuck.id, state: 'planned' });
    database.clock.setOffset(0);
  });

  test('a parked message comes up when its time has come, and not before', async () => {
    const quiet = await database.aBusiness();
    const { conversation } = await aConversation(quiet);
    const [soon, later] = [aReply(conversation), aReply(conversation)];
    await quiet.messages.insertPlanned([soon, later]);
    await quiet.messages.park(soon.id, { waitsFor: 'twilio', nextTryAt: at(10) });
    await quiet.messages.park(later.id, { waitsFor: 'twilio', nextTryAt: at(20) });
    expect(await quiet.messages.parkedDue(at(9), 10)).toEqual([]);
    expect((await quiet.messages.parkedDue(at(10), 10)).map(({ id }) => id)).toEqual([soon.id]);
    expect((await database.system.sweeps.parkedMessagesDue(at(30), 10)).map(({ outboundId }) => outboundId)).toEqual([soon.id, later.id]);
  });
});

test('what is asked for by id comes back, what is not there does not', async () => {
  const { conversation } = await aConversation(business);
  const [one, other] = [aReply(conversation), aReply(conversation)];
  await business.messages.insertPlanned([one, other]);
  expect((await business.messages.getMany([one.id, other.id, 'nothing'])).map(({ id }) => id).sort()).toEqual([one.id, other.id].sort());
  expect(await business.messages.get('nothing')).toBeNull();
});
