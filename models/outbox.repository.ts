import type { QueryFilter, UpdateQuery } from 'mongoose';
import { trusted } from 'mongoose';
import { notFound } from '#domain/failure';
import type { OutboundId, TurnId } from '#domain/ids';
import type { DeliveryState, WaitsFor } from '#domain/messages/delivery';
import type { MessageStatus } from '#domain/messages/status';
import { statusRank } from '#domain/messages/status';
import { isDuplicateKey, positionsPresent } from '#platform/mongo/duplicate-key';
import { openMessage, sealContent } from './message.mapping.ts';
import type { MessageRow } from './message.model.ts';
import type { Message, PlannedMessage } from './message.ts';
import type { RepositoryScope } from './scope.ts';

export type Claim = { claimed: true; message: Message } | { claimed: false; message: Message };

/** Says that a step may be taken only by whoever holds this lease: a worker that was taken for dead must not undo its successor's work. */
interface Held {
  lease?: string;
}
interface TryResult extends Held {
  errorCode?: number;
  httpStatus?: number;
}

/** The outbox: each function is one compare-and-set on one row and says whether the row moved. */
export interface Outbox {
  /** Durable (majority, journal) when it returns; rows that exist stay as they are. Returns how many were new. */
  insertPlanned(rows: readonly PlannedMessage[]): Promise<number>;
  /** planned → superseded for the whole turn, and takes its cover off the customer's messages. Returns how many rows moved in this call. */
  supersedeTurn(turnId: TurnId): Promise<number>;
  /**
   * planned | parked → attempting, attempts + 1. Not claimed: `message.delivery` tells why (`attempting` with a `leaseUntil` in the past is a dead worker's:
   * mark it unknown and look, never send). @throws Failure not_found
   */
  claim(id: OutboundId, input: { lease: string; at: Date; leaseMs?: number }): Promise<Claim>;
  /** attempting | unknown → accepted. Web chat has no sid. False when the row had moved, or another row holds that sid. */
  markAccepted(id: OutboundId, input: { sid?: string; status: MessageStatus; at: Date }): Promise<boolean>;
  /** attempting → planned: a definite "not sent". Attempts stay counted. */
  markRetryable(id: OutboundId, input: TryResult & { nextTryAt?: Date }): Promise<boolean>;
  /** planned | attempting | unknown | parked → failed. */
  markFailed(id: OutboundId, input: TryResult): Promise<boolean>;
  /** attempting → unknown, and the looks are counted from nought. */
  markUnknown(id: OutboundId, input?: TryResult): Promise<boolean>;
  /** Counts one look at Twilio that did not find a send of unknown outcome; the new count, or undefined when the outcome is known by now. */
  notePresenceLook(id: OutboundId): Promise<number | undefined>;
  /** unknown → planned: Twilio proved not to have it. */
  markAbsent(id: OutboundId): Promise<boolean>;
  /** planned | attempting | unknown | parked → parked. One whose outcome is unknown stays unclaimable until `markAbsent`. */
  park(id: OutboundId, input: TryResult & { waitsFor: WaitsFor; nextTryAt: Date }): Promise<boolean>;
  /** failed | parked | accepted-but-undelivered → planned with a fresh count of tries: somebody asked for it. */
  revive(id: OutboundId): Promise<boolean>;
}

/** What Twilio reports of a message it took but could not bring. */
const UNDELIVERED: readonly MessageStatus[] = ['undelivered', 'failed', 'canceled'];
const LEASE_MS = 60_000;
const NO_MORE_LEASE = { 'delivery.lease': 1, 'delivery.leaseUntil': 1 } as const;

export function createOutbox(scope: RepositoryScope): Outbox {
  const { businessId, db, vault, clock } = scope;

  const inState = (id: OutboundId, from: readonly DeliveryState[], lease?: string) => ({
    businessId,
    _id: id,
    'delivery.state': trusted({ $in: [...from] }),
    ...(lease !== undefined && { 'delivery.lease': lease }),
  });

  /** Outcome unknown, whether still being looked for or parked meanwhile. */
  const unproven = (id: OutboundId) => ({
    businessId,
    _id: id,
    $or: [{ 'delivery.state': 'unknown' as const }, { 'delivery.state': 'parked' as const, 'delivery.unproven': true }],
  });

  const entered = (state: DeliveryState, result: TryResult = {}) => ({
    'delivery.state': state,
    'delivery.changedAt': clock.now(),
    ...(result.errorCode !== undefined && { 'delivery.errorCode': result.errorCode }),
    ...(result.httpStatus !== undefined && { 'delivery.httpStatus': result.httpStatus }),
  });

  const moves = async (filter: QueryFilter<MessageRow>, update: UpdateQuery<MessageRow>): Promise<boolean> => {
    const result = await db.messages.updateOne(filter, update);
    return result.modifiedCount === 1;
  };

  return {
    async insertPlanned(planned) {
      if (planned.length === 0) return 0;
      const now = clock.now();
      const rows = await Promise.all(
        planned.map(async ({ id, conversationId, customerId, role, content, metadata, turnId, occurredAt }): Promise<MessageRow> => {
          const key = { _id: id as string, businessId, customerId };
          const sealed = await sealContent(vault, key, content, metadata ?? {});
          const delivery = { state: 'planned' as const, changedAt: now, attempts: 0, emptyLooks: 0 };
          return {
            ...key,
            ...sealed,
            conversationId,
            direction: 'outbound',
            role,
            occurredAt: occurredAt ?? now,
            createdAt: now,
            ...(turnId && { turnId }),
            delivery,
          };
        }),
      );
      const present = await positionsPresent(db.messages.insertMany(rows, { ordered: false, throwOnValidationError: true }));
      return rows.length - present.size;
    },

    async supersedeTurn(turnId) {
      const result = await db.messages.updateMany({ businessId, turnId, 'delivery.state': 'planned' }, { $set: entered('superseded') });
      const rows = await db.messages.find({ businessId, turnId, 'delivery.state': 'superseded' }, { _id: 1, conversationId: 1 }).lean();
      const [first] = rows;
      if (first) {
        const coveredBy = trusted({ $in: rows.map(({ _id }) => _id) });
        await db.messages.updateMany({ businessId, conversationId: first.conversationId, coveredBy }, { $unset: { coveredBy: 1 } });
      }
      return result.modifiedCount;
    },

    async claim(id, { lease, at, leaseMs = LEASE_MS }) {
      const row = await db.messages
        .findOneAndUpdate(
          { ...inState(id, ['planned', 'parked']), 'delivery.unproven': trusted({ $ne: true }) },
          {
            $set: { ...entered('attempting'), 'delivery.attemptedAt': at, 'delivery.lease': lease, 'delivery.leaseUntil': new Date(at.getTime() + leaseMs) },
            $inc: { 'delivery.attempts': 1 },
            $unset: { 'delivery.nextTryAt': 1, 'delivery.waitsFor': 1, 'delivery.errorCode': 1, 'delivery.httpStatus': 1 },
          },
          { returnDocument: 'after' },
        )
        .lean();
      if (row) return { claimed: true, message: await openMessage(vault, row) };
      const there = await db.messages.findOne({ businessId, _id: id, direction: 'outbound' }).lean();
      if (!there) throw notFound('message');
      return { claimed: false, message: await openMessage(vault, there) };
    },

    async markAccepted(id, { sid, status, at }) {
      const open = { $or: [{ 'delivery.state': 'attempting' as const }, ...unproven(id).$or] };
      try {
        return await moves(
          { businessId, _id: id, ...open },
          {
            $set: { ...entered('accepted'), ...(sid !== undefined && { 'delivery.sid': sid }), status, statusRank: statusRank(status) },
            $push: { statusHistory: { status, at } },
            $unset: { ...NO_MORE_LEASE, 'delivery.unproven': 1, 'delivery.waitsFor': 1, 'delivery.nextTryAt': 1 },
          },
        );
      } catch (thrown) {
        if (isDuplicateKey(thrown)) return false;
        throw thrown;
      }
    },

    markRetryable: (id, { nextTryAt, ...result }) =>
      moves(inState(id, ['attempting'], result.lease), {
        $set: { ...entered('planned', result), ...(nextTryAt && { 'delivery.nextTryAt': nextTryAt }) },
        $unset: NO_MORE_LEASE,
      }),

    markFailed: (id, result) =>
      moves(inState(id, ['planned', 'attempting', 'unknown', 'parked'], result.lease), {
        $set: entered('failed', result),
        $unset: { ...NO_MORE_LEASE, 'delivery.unproven': 1, 'delivery.waitsFor': 1, 'delivery.nextTryAt': 1 },
      }),

    markUnknown: (id, result = {}) =>
      moves(inState(id, ['attempting'], result.lease), { $set: { ...entered('unknown', result), 'delivery.emptyLooks': 0 }, $unset: NO_MORE_LEASE }),

    async notePresenceLook(id) {
      const row = await db.messages
        .findOneAndUpdate(unproven(id), { $inc: { 'delivery.emptyLooks': 1 } }, { returnDocument: 'after', projection: { delivery: 1 } })
        .lean();
      return row?.delivery?.emptyLooks;
    },

    markAbsent: (id) =>
      moves(unproven(id), {
        $set: { ...entered('planned'), 'delivery.emptyLooks': 0 },
        $unset: { 'delivery.unproven': 1, 'delivery.waitsFor': 1, 'delivery.nextTryAt': 1 },
      }),

    async park(id, { waitsFor, nextTryAt, ...result }) {
      const set = { ...entered('parked', result), 'delivery.waitsFor': waitsFor, 'delivery.nextTryAt': nextTryAt };
      const parked = await moves(inState(id, ['planned', 'attempting', 'parked'], result.lease), { $set: set, $unset: NO_MORE_LEASE });
      return parked || moves(inState(id, ['unknown']), { $set: { ...set, 'delivery.unproven': true } });
    },

    async revive(id) {
      const fresh = { ...entered('planned'), 'delivery.attempts': 0, 'delivery.emptyLooks': 0 };
      const forgotten = {
        ...NO_MORE_LEASE,
        'delivery.attemptedAt': 1,
        'delivery.waitsFor': 1,
        'delivery.nextTryAt': 1,
        'delivery.errorCode': 1,
        'delivery.httpStatus': 1,
      } as const;
      const neverSent = { ...inState(id, ['failed', 'parked']), 'delivery.unproven': trusted({ $ne: true }), 'delivery.sid': trusted({ $exists: false }) };
      if (await moves(neverSent, { $set: fresh, $unset: { ...forgotten, status: 1, statusRank: 1 } })) return true;

      const sent = { ...inState(id, ['accepted', 'failed']), status: trusted({ $in: [...UNDELIVERED] }) };
      const row = await db.messages.findOne(sent, { delivery: 1 }).lean();
      const sid = row?.delivery?.sid;
      if (sid === undefined) return false;
      // Late callbacks of the earlier send must not pass for the new one's.
      return moves(
        { ...sent, 'delivery.sid': sid },
        { $set: fresh, $push: { 'delivery.earlierSids': sid }, $unset: { ...forgotten, 'delivery.sid': 1, status: 1, statusRank: 1 } },
      );
    },
  };
}
