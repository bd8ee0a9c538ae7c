import { trusted } from 'mongoose';
import type { Actor } from '#domain/actor';
import type { BusinessId, ConversationId, CustomerId } from '#domain/ids';
import { bornAtMs, firstIdAt, newId } from '#platform/ids';
import type { EventRow } from './event.model.ts';
import { daysAfter } from './retention.ts';
import type { RepositoryScope } from './scope.ts';

/** Ids, states, codes and counts; never a name, an address or what somebody wrote. */
export type EventData = Record<string, string | number | boolean | null>;

export interface NewEvent {
  /** Past tense: `message.received`, `conversation.taken_over`. */
  type: string;
  conversationId?: ConversationId;
  customerId?: CustomerId;
  data?: EventData;
  actor?: Actor;
}

export interface EventRecord {
  /** Sorts by time. */
  id: string;
  businessId: BusinessId;
  type: string;
  conversationId?: ConversationId;
  customerId?: CustomerId;
  data: EventData;
  /** As given, without the member's name. */
  actor?: { type: Actor['type']; id?: string };
  at: Date;
}

export interface EventsRepository {
  append(event: NewEvent): Promise<void>;
  appendMany(events: readonly NewEvent[]): Promise<void>;
  /**
   * Oldest first, from `overlapMs` (30 s) before `afterId`, so that nothing written out of order is missed: readers drop repeats.
   * The pages after the first want no overlap. null: that id is unknown (too old, or not ours).
   */
  since(afterId: string, limit: number, overlapMs?: number): Promise<EventRecord[] | null>;
}

const OVERLAP_MS = 30_000;

export function createEventsRepository({ businessId, db, clock, retention }: RepositoryScope): EventsRepository {
  const rowOf = ({ type, conversationId, customerId, data, actor }: NewEvent): EventRow => {
    const at = clock.now();
    return {
      _id: newId('evt'),
      businessId,
      type,
      ...(conversationId && { conversationId }),
      ...(customerId && { customerId }),
      ...(data && { data }),
      ...(actor && { actor: withoutName(actor) }),
      at,
      expiresAt: daysAfter(at, retention.eventDays),
    };
  };

  const appendMany = async (events: readonly NewEvent[]): Promise<void> => {
    if (events.length > 0) await db.events.insertMany(events.map(rowOf), { throwOnValidationError: true });
  };

  return {
    append: (event) => appendMany([event]),
    appendMany,
    async since(afterId, limit, overlapMs = OVERLAP_MS) {
      const bornMs = bornAtMs('evt', afterId);
      if (bornMs === undefined || (await db.events.exists({ businessId, _id: afterId })) === null) return null;
      const from = overlapMs > 0 ? { $gte: firstIdAt('evt', bornMs - overlapMs) } : { $gt: afterId };
      const rows = await db.events
        .find({ businessId, _id: trusted(from) })
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return rows.map(eventOf);
    },
  };
}

export function eventOf(row: EventRow): EventRecord {
  return {
    id: row._id,
    businessId: row.businessId as BusinessId,
    type: row.type,
    ...(row.conversationId !== undefined && { conversationId: row.conversationId as ConversationId }),
    ...(row.customerId !== undefined && { customerId: row.customerId as CustomerId }),
    data: row.data ?? {},
    ...(row.actor && { actor: row.actor }),
    at: row.at,
  };
}

function withoutName(actor: Actor): { type: Actor['type']; id?: string } {
  switch (actor.type) {
    case 'member':
      return { type: actor.type, id: actor.memberId };
    case 'api_key':
      return { type: actor.type, id: actor.keyId };
    case 'system':
      return { type: actor.type, id: actor.job };
    default:
      return { type: actor.type, id: actor.conversationId };
  }
}
