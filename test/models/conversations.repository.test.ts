import type { ConversationId, MemberId } from '#domain/ids';
import type { ConversationFilter } from '#models/conversation-list';
import type { BusinessRepositories } from '#models/repositories';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';
import { aConversation, aPhone, BUSINESS_NUMBER, unique } from './conversation.builder.ts';

let database: TestDatabase;
let business: BusinessRepositories & { businessId: string };

beforeAll(async () => {
  database = await openTestDatabase('conversations');
});
beforeEach(async () => {
  business = await database.aBusiness();
});
afterAll(() => database[Symbol.asyncDispose]());

const at = (second: number): Date => new Date(1_700_000_000_000 + second * 1_000);
const nowhere = 'nowhere' as ConversationId;

describe('a conversation begins', () => {
  test('fifty first messages at once make one conversation, owned by the assistant', async () => {
    const customer = await business.customers.findOrCreate({ channel: 'whatsapp', address: aPhone() });
    const id = `conv-${unique()}` as ConversationId;
    const input = {
      id,
      customerId: customer.id,
      channel: 'whatsapp' as const,
      customerAddress: customer.phone ?? '',
      businessAddress: BUSINESS_NUMBER,
      at: at(0),
    };
    const all = await Promise.all(Array.from({ length: 50 }, () => business.conversations.ensure(input)));
    expect(await business.conversations.get(id)).toEqual(all[0]);
    expect(all[0]).toEqual({
      ...input,
      at: undefined,
      businessId: business.businessId,
      status: 'open',
      owner: { type: 'assistant' },
      memory: {},
      lastMessageAt: at(0),
      preview: null,
      unreadCount: 0,
      createdAt: expect.any(Date),
    });
  });

  test('what is not there, or belongs to another business, is not there', async () => {
    const { id } = await aConversation(business);
    expect(await business.conversations.get(nowhere)).toBeNull();
    expect(await (await database.aBusiness()).conversations.get(id)).toBeNull();
  });
});

describe('messages come and go', () => {
  test('unread messages are counted once, however often an activity repeats itself', async () => {
    const { id } = await aConversation(business, { at: at(0) });
    await business.conversations.noteInbound(id, { at: at(1), preview: 'Hallo', messageIds: ['SM1'] });
    await business.conversations.noteInbound(id, { at: at(2), preview: 'Is er iemand?', messageIds: ['SM1', 'SM2', 'SM3'], sessionEndsAt: at(100) });
    await business.conversations.noteInbound(id, { at: at(2), preview: 'Is er iemand?', messageIds: ['SM2', 'SM3'], sessionEndsAt: at(100) });
    expect(await business.conversations.get(id)).toMatchObject({
      unreadCount: 3,
      preview: { text: 'Is er iemand?', role: 'customer' },
      lastInboundAt: at(2),
      lastMessageAt: at(2),
      sessionEndsAt: at(100),
      status: 'open',
    });
    await business.conversations.markRead(id);
    await business.conversations.noteInbound(id, { at: at(2), preview: 'Is er iemand?', messageIds: ['SM3'] });
    expect((await business.conversations.get(id))?.unreadCount).toBe(0);
  });

  test('the newest message is the preview, in whatever order the news arrives', async () => {
    const { id } = await aConversation(business, { at: at(0) });
    await business.conversations.noteOutbound(id, { at: at(5), preview: 'We hebben er drie.', role: 'assistant' });
    await business.conversations.noteInbound(id, { at: at(3), preview: 'Een Golf', messageIds: ['SM1'] });
    expect(await business.conversations.get(id)).toMatchObject({
      preview: { text: 'We hebben er drie.', role: 'assistant' },
      lastMessageAt: at(5),
      lastInboundAt: at(3),
      unreadCount: 1,
    });
  });

  test('another process, knowing nothing yet, can note a message too', async () => {
    const { id } = await aConversation(business, { at: at(0) });
    await database
      .anotherProcess()
      .forBusiness(business.businessId as never)
      .conversations.noteOutbound(id, { at: at(1), preview: '$cost: 5', role: 'member' });
    expect((await business.conversations.get(id))?.preview).toEqual({ text: '$cost: 5', role: 'member' });
  });
});

describe('who answers', () => {
  test.each([{ type: 'member', memberId: 'mem_1' as MemberId, sinceMs: 5 }, { type: 'member', memberId: null, sinceMs: 5 }, { type: 'assistant' }] as const)(
    '%j is remembered',
    async (owner) => {
      const { id } = await aConversation(business);
      await business.conversations.setOwner(id, { type: 'member', memberId: 'mem_0' as MemberId, sinceMs: 1 });
      await business.conversations.setOwner(id, owner);
      expect((await business.conversations.get(id))?.owner).toEqual(owner);
    },
  );

  test('attention is raised once per reason and cleared', async () => {
    const { id } = await aConversation(business);
    expect(await business.conversations.raiseAttention(id, 'reply_overdue')).toBe(true);
    expect(await business.conversations.raiseAttention(id, 'reply_overdue')).toBe(false);
    expect(await business.conversations.raiseAttention(id, 'send_failed')).toBe(true);
    expect((await business.conversations.get(id))?.attention).toEqual({ reason: 'send_failed', since: expect.any(Date) });
    await business.conversations.clearAttention(id);
    expect((await business.conversations.get(id))?.attention).toBeUndefined();
    expect(await business.conversations.raiseAttention(nowhere, 'hand_over')).toBe(false);
  });
});

describe('a session', () => {
  test('what the assistant remembers is kept, until the context starts anew', async () => {
    const { id } = await aConversation(business);
    await business.conversations.setMemory(id, { car: 'golf', asked: ['price'] }, 'nl');
    await business.conversations.setMemory(id, { car: 'polo' });
    expect(await business.conversations.get(id)).toMatchObject({ memory: { car: 'polo' }, language: 'nl' });
    await business.conversations.startContextAt(id, at(9));
    expect(await business.conversations.get(id)).toMatchObject({ memory: {}, contextFrom: at(9), language: 'nl' });
  });

  test('session expiry: it ends once its time has come, takes the context with it, and is found by the sweep', async () => {
    const { id } = await aConversation(business);
    await business.conversations.setMemory(id, { car: 'golf' });
    await business.conversations.noteInbound(id, { at: at(0), preview: 'Hallo', messageIds: ['SM1'], sessionEndsAt: at(10) });
    expect(await business.conversations.endSession(id, at(9))).toBe(false);
    const found = async (now: Date) => (await database.system.sweeps.expiredSessions(now, 100)).filter(({ businessId }) => businessId === business.businessId);
    expect(await found(at(9))).toEqual([]);
    expect(await found(at(10))).toEqual([{ businessId: business.businessId, conversationId: id }]);
    expect(await business.conversations.endSession(id, at(10))).toBe(true);
    expect(await business.conversations.get(id)).toMatchObject({ status: 'closed', memory: {}, contextFrom: at(10) });
    expect(await business.conversations.endSession(id, at(11))).toBe(false);
    expect(await found(at(11))).toEqual([]);
  });

  test('the customer who writes just before the clean-up keeps the conversation open; a closed one opens again', async () => {
    const { id } = await aConversation(business);
    await business.conversations.noteInbound(id, { at: at(0), preview: 'Hallo', messageIds: ['SM1'], sessionEndsAt: at(10) });
    await business.conversations.noteInbound(id, { at: at(9), preview: 'Nog iets', messageIds: ['SM2'], sessionEndsAt: at(19) });
    expect(await business.conversations.endSession(id, at(10))).toBe(false);
    expect(await business.conversations.endSession(id, at(19))).toBe(true);
    await business.conversations.noteInbound(id, { at: at(20), preview: 'Daar ben ik weer', messageIds: ['SM3'], sessionEndsAt: at(30) });
    expect(await business.conversations.get(id)).toMatchObject({ status: 'open', sessionEndsAt: at(30) });
  });
});

test.each([
  ['noteInbound', () => business.conversations.noteInbound(nowhere, { at: at(0), preview: '', messageIds: [] })],
  ['noteOutbound', () => business.conversations.noteOutbound(nowhere, { at: at(0), preview: '', role: 'system' })],
  ['setOwner', () => business.conversations.setOwner(nowhere, { type: 'assistant' })],
  ['markRead', () => business.conversations.markRead(nowhere)],
  ['setMemory', () => business.conversations.setMemory(nowhere, {})],
  ['startContextAt', () => business.conversations.startContextAt(nowhere, at(0))],
  ['clearAttention', () => business.conversations.clearAttention(nowhere)],
])('%s of a conversation that is not there is refused', async (_name, act) => {
  await expect(act()).rejects.toMatchObject({ code: 'conversation.not_found' });
});

describe('the inbox', () => {
  const idsOf = async (filter: Omit<ConversationFilter, 'limit'>) => (await business.conversations.list({ limit: 50, ...filter })).items.map(({ id }) => id);

  test('page by page, newest first, every conversation comes once although many share a moment', async () => {
    const made = [];
    for (let n = 0; n < 11; n += 1) made.push((await aConversation(business, { at: at(Math.floor(n / 5)) })).id);
    const seen: ConversationId[] = [];
    let cursor: string | undefined;
    do {
      const page = await business.conversations.list({ limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect([...seen].sort()).toEqual([...made].sort());
    const moments = await Promise.all(seen.map(async (id) => (await business.conversations.get(id))?.lastMessageAt.getTime() ?? 0));
    expect(moments).toEqual([...moments].sort((a, b) => b - a));
  });

  test('each filter narrows it', async () => {
    const [plain, unread, theirs, urgent, closed] = [
      await aConversation(business),
      await aConversation(business),
      await aConversation(business),
      await aConversation(business),
      await aConversation(business),
    ];
    const web = `conv-${unique()}` as ConversationId;
    const visitor = await business.customers.findOrCreate({ channel: 'web', address: 'vis_1' });
    await business.conversations.ensure({ id: web, customerId: visitor.id, channel: 'web', customerAddress: 'vis_1', businessAddress: 'web', at: at(0) });
    await business.conversations.noteInbound(unread.id, { at: new Date(), preview: 'Hallo', messageIds: ['SM1'] });
    await business.conversations.setOwner(theirs.id, { type: 'member', memberId: 'mem_1' as MemberId, sinceMs: 1 });
    await business.conversations.raiseAttention(urgent.id, 'hand_over');
    await business.conversations.noteInbound(closed.id, { at: at(0), preview: 'Dag', messageIds: [], sessionEndsAt: at(1) });
    await business.conversations.endSession(closed.id, at(1));

    expect(await idsOf({ unread: true })).toEqual([unread.id]);
    expect(await idsOf({ owner: 'member' })).toEqual([theirs.id]);
    expect(await idsOf({ needsAttention: true })).toEqual([urgent.id]);
    expect(await idsOf({ status: 'closed' })).toEqual([closed.id]);
    expect(await idsOf({ channel: 'web' })).toEqual([web]);
    expect(await idsOf({ customerIds: [plain.customer.id, theirs.customer.id] })).toEqual(expect.arrayContaining([plain.id, theirs.id]));
    expect(await idsOf({ customerIds: [] })).toEqual([]);
    expect(await idsOf({ unread: false, needsAttention: false, owner: 'assistant', status: 'open', channel: 'whatsapp' })).toEqual([plain.id]);
  });

  test('a cursor nobody gave out is refused', async () => {
    await expect(business.conversations.list({ limit: 1, cursor: 'x' })).rejects.toMatchObject({ code: 'cursor.invalid' });
  });
});
