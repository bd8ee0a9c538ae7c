import type { OutboundId } from '#domain/ids';
import type { BusinessRepositories } from '#models/repositories';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';
import { aConversation, aReply, aSid, aText } from './conversation.builder.ts';

let database: TestDatabase;
let business: BusinessRepositories;

beforeAll(async () => {
  database = await openTestDatabase('outbox');
  business = await database.aBusiness();
});
afterAll(() => database[Symbol.asyncDispose]());

const planned = async (): Promise<OutboundId> => {
  const { conversation } = await aConversation(business);
  const reply = aReply(conversation);
  await business.messages.insertPlanned([reply]);
  return reply.id;
};
const stateOf = async (id: OutboundId) => (await business.messages.get(id))?.delivery?.state;
const claim = (id: OutboundId, lease = 'worker-1') => business.messages.claim(id, { lease, at: new Date() });
const attempting = async (): Promise<OutboundId> => {
  const id = await planned();
  await claim(id);
  return id;
};
const inState = {
  planned,
  attempting,
  unknown: async () => {
    const id = await attempting();
    await business.messages.markUnknown(id);
    return id;
  },
  accepted: async () => {
    const id = await attempting();
    await business.messages.markAccepted(id, { sid: aSid(), status: 'queued', at: new Date() });
    return id;
  },
  failed: async () => {
    const id = await attempting();
    await business.messages.markFailed(id, { errorCode: 21211 });
    return id;
  },
  parked: async () => {
    const id = await attempting();
    await business.messages.park(id, { waitsFor: 'twilio', nextTryAt: new Date() });
    return id;
  },
  superseded: async () => {
    const { conversation } = await aConversation(business);
    const reply = aReply(conversation);
    await business.messages.insertPlanned([reply]);
    await business.messages.supersedeTurn(reply.turnId);
    return reply.id;
  },
} satisfies Record<string, () => Promise<OutboundId>>;

describe('planning a reply', () => {
  test('what is planned twice is there once, as it was written first', async () => {
    const { conversation } = await aConversation(business);
    const reply = aReply(conversation, { content: 'De Golf kost 18.950 euro.' });
    expect(await business.messages.insertPlanned([reply])).toBe(1);
    expect(await business.messages.insertPlanned([{ ...reply, content: 'Iets anders.' }, aReply(conversation)])).toBe(1);
    const stored = await business.messages.get(reply.id);
    expect(stored).toMatchObject({
      content: 'De Golf kost 18.950 euro.',
      direction: 'outbound',
      role: 'assistant',
      delivery: { state: 'planned', attempts: 0 },
    });
  });
});

describe('claiming a send', () => {
  test('of twenty workers at once, exactly one gets to send', async () => {
    const id = await planned();
    const claims = await Promise.all(Array.from({ length: 20 }, (_, n) => claim(id, `worker-${n}`)));
    expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1);
    expect((await business.messages.get(id))?.delivery).toMatchObject({ state: 'attempting', attempts: 1 });
  });

  test('whoever comes second sees who holds it and until when', async () => {
    const id = await planned();
    const at = new Date();
    await business.messages.claim(id, { lease: 'worker-1', at, leaseMs: 5_000 });
    const second = await claim(id, 'worker-2');
    expect(second).toMatchObject({
      claimed: false,
      message: { delivery: { state: 'attempting', lease: 'worker-1', leaseUntil: new Date(at.getTime() + 5_000) } },
    });
  });

  test.each(['unknown', 'accepted', 'failed', 'superseded'] as const)('a message that is %s cannot be claimed', async (state) => {
    const id = await inState[state]();
    expect((await claim(id)).claimed).toBe(false);
    expect(await stateOf(id)).toBe(state);
  });

  test('a message that is not there is not found', async () => {
    await expect(claim('nothing' as OutboundId)).rejects.toMatchObject({ code: 'message.not_found' });
  });

  test('tries are counted in the row, whatever becomes of the worker', async () => {
    const id = await planned();
    for (let n = 1; n <= 4; n += 1) {
      const { message } = await claim(id);
      expect(message.delivery?.attempts).toBe(n);
      expect(await business.messages.markRetryable(id, { errorCode: 20429 })).toBe(true);
    }
    expect((await business.messages.get(id))?.delivery).toMatchObject({ state: 'planned', attempts: 4, errorCode: 20429 });
  });

  test('a worker that was taken for dead cannot undo its successor', async () => {
    const id = await planned();
    await claim(id, 'dead');
    await business.messages.markUnknown(id);
    await business.messages.markAbsent(id);
    await claim(id, 'alive');
    expect(await business.messages.markRetryable(id, { lease: 'dead' })).toBe(false);
    expect(await business.messages.markUnknown(id, { lease: 'dead' })).toBe(false);
    expect(await business.messages.markFailed(id, { lease: 'dead' })).toBe(false);
    expect(await stateOf(id)).toBe('attempting');
    expect(await business.messages.markRetryable(id, { lease: 'alive' })).toBe(true);
  });
});

describe('what each state allows', () => {
  const steps = {
    markAccepted: (id: OutboundId) => business.messages.markAccepted(id, { sid: aSid(), status: 'queued', at: new Date() }),
    markRetryable: (id: OutboundId) => business.messages.markRetryable(id, {}),
    markFailed: (id: OutboundId) => business.messages.markFailed(id, {}),
    markUnknown: (id: OutboundId) => business.messages.markUnknown(id),
    markAbsent: (id: OutboundId) => business.messages.markAbsent(id),
    park: (id: OutboundId) => business.messages.park(id, { waitsFor: 'template', nextTryAt: new Date() }),
    revive: (id: OutboundId) => business.messages.revive(id),
  };
  const allowed: Record<keyof typeof steps, (keyof typeof inState)[]> = {
    markAccepted: ['attempting', 'unknown'],
    markRetryable: ['attempting'],
    markFailed: ['planned', 'attempting', 'unknown', 'parked'],
    markUnknown: ['attempting'],
    markAbsent: ['unknown'],
    park: ['planned', 'attempting', 'unknown', 'parked'],
    revive: ['failed', 'parked'],
  };
  const table = (Object.keys(steps) as (keyof typeof steps)[]).flatMap((step) =>
    (Object.keys(inState) as (keyof typeof inState)[]).map((state) => ({ step, state })),
  );

  test.each(table)('$step from $state', async ({ step, state }) => {
    const id = await inState[state]();
    expect(await steps[step](id)).toBe(allowed[step].includes(state));
    if (!allowed[step].includes(state)) expect(await stateOf(id)).toBe(state);
  });
});

describe('a send of unknown outcome', () => {
  test('looks are counted until the outcome is known', async () => {
    const id = await inState.unknown();
    expect(await business.messages.notePresenceLook(id)).toBe(1);
    expect(await business.messages.notePresenceLook(id)).toBe(2);
    await business.messages.markAccepted(id, { sid: aSid(), status: 'sent', at: new Date() });
    expect(await business.messages.notePresenceLook(id)).toBeUndefined();
  });

  test('when it is parked, it cannot be sent before Twilio proves not to have it', async () => {
    const id = await inState.unknown();
    await business.messages.park(id, { waitsFor: 'twilio', nextTryAt: new Date() });
    expect((await claim(id)).claimed).toBe(false);
    expect(await business.messages.revive(id)).toBe(false);
    expect(await business.messages.notePresenceLook(id)).toBe(1);
    expect(await business.messages.markAbsent(id)).toBe(true);
    expect((await claim(id)).claimed).toBe(true);
  });

  test('a parked one that is parked again stays unproven', async () => {
    const id = await inState.unknown();
    const park = { waitsFor: 'twilio' as const, nextTryAt: new Date() };
    await business.messages.park(id, park);
    await business.messages.park(id, park);
    expect((await business.messages.get(id))?.delivery).toMatchObject({ state: 'parked', unproven: true });
  });

  test('two rows never hold one sid: the second look has to find its own', async () => {
    const [first, second] = [await inState.unknown(), await inState.unknown()];
    const sid = aSid();
    expect(await business.messages.markAccepted(first, { sid, status: 'sent', at: new Date() })).toBe(true);
    expect(await business.messages.markAccepted(second, { sid, status: 'sent', at: new Date() })).toBe(false);
    expect(await stateOf(second)).toBe('unknown');
    expect(await business.messages.claimedSids([sid, aSid()])).toEqual(new Set([sid]));
  });
});

describe('superseding a turn', () => {
  test('when more words come, the reply that was not sent yet is dropped and its messages wait for the next one', async () => {
    const { conversation, id } = await aConversation(business);
    const first = aText();
    await business.messages.insertInbound(conversation, [first]);
    const reply = aReply(conversation);
    await business.messages.insertPlanned([reply]);
    await business.messages.cover(id, [first.messageId], { by: reply.id });
    expect(await business.messages.supersedeTurn(reply.turnId)).toBe(1);
    expect(await stateOf(reply.id)).toBe('superseded');
    expect((await business.messages.states(id, [first.messageId])).get(first.messageId)?.coveredBy).toBeUndefined();

    const next = aReply(conversation);
    expect(await business.messages.cover(id, [first.messageId], { by: next.id })).toBe(1);
    expect(await business.messages.supersedeTurn(reply.turnId)).toBe(0);
    expect((await business.messages.states(id, [first.messageId])).get(first.messageId)?.coveredBy).toBe(next.id);
  });

  test('a reply that is on its way is not taken back', async () => {
    const { conversation } = await aConversation(business);
    const reply = aReply(conversation);
    await business.messages.insertPlanned([reply]);
    await claim(reply.id);
    expect(await business.messages.supersedeTurn(reply.turnId)).toBe(0);
    expect(await stateOf(reply.id)).toBe('attempting');
  });
});

describe('trying again because somebody asked', () => {
  test('a failed message starts with a fresh count', async () => {
    const id = await inState.failed();
    expect(await business.messages.revive(id)).toBe(true);
    expect((await business.messages.get(id))?.delivery).toEqual({ state: 'planned', attempts: 0, emptyLooks: 0 });
  });

  test('one that Twilio took but could not deliver is really sent again, and late news of the first send changes nothing', async () => {
    const id = await inState.attempting();
    const [first, second] = [aSid(), aSid()];
    await business.messages.markAccepted(id, { sid: first, status: 'queued', at: new Date() });
    await business.messages.recordStatus({ outboundId: id, sid: first, status: 'undelivered', errorCode: 30003, at: new Date() });
    expect(await business.messages.revive(id)).toBe(true);

    await claim(id);
    expect(await business.messages.recordStatus({ outboundId: id, sid: first, status: 'delivered', at: new Date() })).toMatchObject({
      moved: false,
      duplicate: false,
    });
    await business.messages.markAccepted(id, { sid: second, status: 'queued', at: new Date() });
    expect((await business.messages.recordStatus({ outboundId: id, sid: second, status: 'delivered', at: new Date() })).moved).toBe(true);
    expect(await business.messages.get(id)).toMatchObject({ status: 'delivered', delivery: { state: 'accepted', sid: second } });
  });

  test('a delivered message is not sent again', async () => {
    const id = await inState.accepted();
    const sid = (await business.messages.get(id))?.delivery?.sid ?? '';
    await business.messages.recordStatus({ sid, status: 'delivered', at: new Date() });
    expect(await business.messages.revive(id)).toBe(false);
  });
});
