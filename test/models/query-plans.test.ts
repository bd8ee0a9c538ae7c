import type { mongo } from 'mongoose';
import { createConnection } from 'mongoose';
import type { BusinessId, ConversationId, CustomerId, OutboundId, TurnId } from '#domain/ids';
import { createKeyStore } from '#models/keys.repository';
import { createModels } from '#models/models';
import type { BusinessRepositories, SystemRepositories } from '#models/repositories';
import { createRepositories } from '#models/repositories';
import type { KeyStore } from '#platform/crypto/key-store.port';
import { encodeCursor } from '#platform/mongo/cursor';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase, testMongoUri } from '#test/support/mongo';
import { aReply, aSid, aText } from './conversation.builder.ts';

interface Asked {
  our: BusinessRepositories;
  system: SystemRepositories;
  keys: KeyStore;
}
type Command = Record<string, unknown>;

const conversationId = 'conv-1' as ConversationId;
const customerId = 'cus_1' as CustomerId;
const outboundId = 'conv-1.SM1.0' as OutboundId;
const cursor = encodeCursor({ at: new Date(), id: 'x' });
const sms = { channel: 'sms' as const, address: '+31612345678', businessAddress: '+31201234567' };

/** Every way the repositories read or find rows to change. */
const QUERIES: Record<string, (asked: Asked) => Promise<unknown>> = {
  'customers.findOrCreate': ({ our }) => our.customers.findOrCreate({ channel: 'sms', address: '+31612345678', displayName: 'Ada', email: 'a@b.nl' }),
  'customers.get': ({ our }) => our.customers.get(customerId),
  'customers.getMany': ({ our }) => our.customers.getMany([customerId]),
  'customers.findByPhone': ({ our }) => our.customers.findByPhone('0612345678'),
  'customers.findByEmail': ({ our }) => our.customers.findByEmail('a@b.nl'),
  'customers.searchByName': ({ our }) => our.customers.searchByName('ada', 5),
  'customers.rename': ({ our }) => our.customers.rename(customerId, 'x'),
  'conversations.get': ({ our }) => our.conversations.get(conversationId),
  'conversations.list': ({ our }) => our.conversations.list({ limit: 10 }),
  'conversations.list, next page': ({ our }) => our.conversations.list({ limit: 10, cursor }),
  'conversations.list, every filter': ({ our }) =>
    our.conversations.list({
      limit: 10,
      cursor,
      status: 'open',
      channel: 'sms',
      owner: 'member',
      unread: true,
      needsAttention: true,
      customerIds: [customerId],
    }),
  'conversations.list, attention': ({ our }) => our.conversations.list({ limit: 10, needsAttention: true }),
  'conversations.list, quiet': ({ our }) => our.conversations.list({ limit: 10, unread: false, needsAttention: false }),
  'conversations.list, of customers': ({ our }) => our.conversations.list({ limit: 10, customerIds: [customerId] }),
  'conversations.noteInbound': ({ our }) => our.conversations.noteInbound(conversationId, { at: new Date(), preview: '', messageIds: ['SM1'] }),
  'conversations.raiseAttention': ({ our }) => our.conversations.raiseAttention(conversationId, 'hand_over'),
  'conversations.endSession': ({ our }) => our.conversations.endSession(conversationId, new Date()),
  'messages.insertInbound': ({ our }) => our.messages.insertInbound({ id: conversationId, customerId }, [aText()]),
  'messages.states': ({ our }) => our.messages.states(conversationId, ['SM1']),
  'messages.cover': ({ our }) => our.messages.cover(conversationId, ['SM1'], { reason: 'filtered' }),
  'messages.alignOrder': ({ our }) => our.messages.alignOrder(conversationId, [{ messageId: 'SM1', occurredAt: new Date() }]),
  'messages.supersedeTurn': async ({ our }) => {
    const reply = aReply({ id: conversationId, customerId }, { turnId: `${conversationId}.${aSid()}` as TurnId });
    await our.messages.insertPlanned([reply]);
    return our.messages.supersedeTurn(reply.turnId);
  },
  'messages.claim': ({ our }) => our.messages.claim(outboundId, { lease: 'x', at: new Date() }),
  'messages.markAccepted': ({ our }) => our.messages.markAccepted(outboundId, { sid: aSid(), status: 'sent', at: new Date() }),
  'messages.park': ({ our }) => our.messages.park(outboundId, { waitsFor: 'twilio', nextTryAt: new Date() }),
  'messages.revive': ({ our }) => our.messages.revive(outboundId),
  'messages.notePresenceLook': ({ our }) => our.messages.notePresenceLook(outboundId),
  'messages.markAbsent': ({ our }) => our.messages.markAbsent(outboundId),
  'messages.recordStatus by id': ({ our }) => our.messages.recordStatus({ outboundId, sid: aSid(), status: 'sent', at: new Date() }),
  'messages.recordStatus by sid': ({ our }) => our.messages.recordStatus({ sid: aSid(), status: 'sent', at: new Date() }),
  'messages.claimedSids': ({ our }) => our.messages.claimedSids([aSid(), aSid()]),
  'messages.getMany': ({ our }) => our.messages.getMany(['a', 'b']),
  'messages.listByConversation': ({ our }) => our.messages.listByConversation({ conversationId, limit: 10 }),
  'messages.listByConversation, next page': ({ our }) => our.messages.listByConversation({ conversationId, limit: 10, cursor, newestFirst: true }),
  'messages.contextOf': ({ our }) => our.messages.contextOf({ conversationId, from: new Date(0), before: new Date(), limit: 20, except: ['a'] }),
  'messages.unsettled': ({ our }) => our.messages.unsettled({ olderThanMs: 1, limit: 10 }),
  'messages.parkedDue': ({ our }) => our.messages.parkedDue(new Date(), 10),
  'turns.get': ({ our }) => our.turns.get('t' as TurnId),
  'turns.listByConversation': ({ our }) => our.turns.listByConversation(conversationId, 10),
  'optOuts.isOptedOut': ({ our }) => our.optOuts.isOptedOut(sms),
  'optOuts.optOut': ({ our }) => our.optOuts.optOut(sms, 'STOP'),
  'events.since': async ({ our }) => {
    await our.events.append({ type: 'x' });
    return our.events.since('evt_00000000000000000000000000', 10);
  },
  'webhookLog.list': ({ our }) => our.webhookLog.list({ limit: 10, cursor }),
  'members.list': ({ our }) => our.members.list(),
  'members.findByEmail': ({ our }) => our.members.findByEmail('a@b.nl'),
  'apiKeys.list': ({ our }) => our.apiKeys.list(),
  'apiKeys.revoke': ({ our }) => our.apiKeys.revoke('key_1'),
  'apiKeys.findByToken': ({ system }) => system.apiKeys.findByToken('sk_x'),
  'signInLinks.redeem': ({ system }) => system.signInLinks.redeem('link_x'),
  'business.setStatus': ({ our }) => our.business.setStatus('active'),
  'sweeps.expiredSessions': ({ system }) => system.sweeps.expiredSessions(new Date(), 10),
  'sweeps.unsettledMessages': ({ system }) => system.sweeps.unsettledMessages({ olderThanMs: 1, limit: 10 }),
  'sweeps.parkedMessagesDue': ({ system }) => system.sweeps.parkedMessagesDue(new Date(), 10),
  'parked.take': ({ system }) => system.parked.take(10),
  'parked.remove': ({ system }) => system.parked.remove('x'),
  'limits.hit': ({ system }) => system.limits.hit('x', { windowMs: 1_000, member: 'y' }),
  'limits.reserve': ({ system }) => system.limits.reserve('x', { perSecond: 1, burst: 1 }),
  'watermarks.get': ({ system }) => system.watermarks.get('x'),
  'locks.acquire': ({ system }) => system.locks.acquire('x', 1_000),
  'keys.load': ({ keys }) => keys.load('biz_1', ['b:biz_1']),
  'keys.listRootWrapped': ({ keys }) => keys.listRootWrapped('', 10),
  'keys.destroyEpochsBefore': ({ keys }) => keys.destroyEpochsBefore('2000-W01'),
};

let database: TestDatabase;
let asked: Asked;
let commands: Command[] = [];
let close: () => Promise<void>;

beforeAll(async () => {
  database = await openTestDatabase('plans');
  const { businessId } = await database.aBusiness();
  const connection = await createConnection(testMongoUri(database.connection.name), {
    monitorCommands: true,
    sanitizeFilter: true,
    bufferCommands: false,
  }).asPromise();
  connection.getClient().on('commandStarted', ({ command }: mongo.CommandStartedEvent) => void commands.push({ ...(command as Command) }));
  const db = createModels(connection);
  const repositories = createRepositories({ db, vault: database.vault, clock: database.clock });
  asked = { our: repositories.forBusiness(businessId as BusinessId), system: repositories.system, keys: createKeyStore(db) };
  close = () => connection.close();
});
afterAll(async () => {
  await close();
  await database[Symbol.asyncDispose]();
});

/** The part of a driver's command that can be explained. */
function explainable(command: Command): Command | undefined {
  const name = ['find', 'update', 'delete', 'findAndModify', 'aggregate', 'distinct', 'count'].find((each) => each in command);
  if (!name) return undefined;
  const { lsid: _lsid, $clusterTime: _time, $db: _db, txnNumber: _txn, writeConcern: _concern, ...rest } = command;
  return rest;
}

const stagesOf = (plan: unknown): string[] => [...JSON.stringify(plan).matchAll(/"stage":"(\w+)"/g)].map((match) => match[1] ?? '');

test.each(Object.entries(QUERIES))('%s reads no collection from end to end', async (name, run) => {
  commands = [];
  await run(asked).catch((thrown: { kind?: string }) => {
    // A refusal (nothing there) is fine: the question was asked.
    if (thrown.kind === undefined) throw thrown;
  });
  const questions = commands.flatMap((command) => explainable(command) ?? []);
  expect(questions.length).toBeGreaterThan(0);
  for (const question of questions) {
    const { queryPlanner } = (await database.connection.db?.command({ explain: question, verbosity: 'queryPlanner' })) ?? {};
    const stages = stagesOf((queryPlanner as { winningPlan?: unknown })?.winningPlan);
    expect({ question, stages }).toEqual({ question, stages: expect.not.arrayContaining(['COLLSCAN']) });
    // A page is read off the index in its order: nothing is sorted in memory.
    if (name.includes('list')) expect({ question, stages }).toEqual({ question, stages: expect.not.arrayContaining(['SORT']) });
  }
});

test('a collection scan would be noticed', async () => {
  const { queryPlanner } =
    (await database.connection.db?.command({ explain: { find: 'messages', filter: { role: 'customer' } }, verbosity: 'queryPlanner' })) ?? {};
  expect(stagesOf((queryPlanner as { winningPlan?: unknown })?.winningPlan)).toContain('COLLSCAN');
});
