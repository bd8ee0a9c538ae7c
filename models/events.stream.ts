import { setTimeout as pause } from 'node:timers/promises';
import { mongo } from 'mongoose';
import type { EventRow } from './event.model.ts';
import type { EventRecord } from './events.repository.ts';
import { eventOf } from './events.repository.ts';
import type { Models } from './models.ts';

export interface EventStream {
  close(): Promise<void>;
}

export interface EventStreamOptions {
  /** Where an earlier stream stopped. */
  resumeAfter?: unknown;
  /** Events may have been missed (the server no longer knows the resume point): tell readers to load afresh. */
  onGap?: () => void;
}

export type OnEvent = (event: EventRecord, resumeToken: unknown) => void;

type Inserted = mongo.ChangeStreamInsertDocument<EventRow>;
type EventCursor = mongo.ChangeStream<EventRow, Inserted>;

const REOPEN_AFTER_MS = 500;

/**
 * Every event of every business as it is written, in order, for as long as the process lives: a lost connection is reopened where it stopped.
 * Resolves once the stream listens: what is written after that is seen.
 */
export async function watchEvents(db: Pick<Models, 'events'>, onEvent: OnEvent, { resumeAfter, onGap }: EventStreamOptions = {}): Promise<EventStream> {
  let place = resumeAfter;
  let isClosed = false;
  let current: EventCursor | undefined;

  const deliver = (change: Inserted): void => {
    if (isClosed) return;
    place = change._id;
    onEvent(eventOf(change.fullDocument), change._id);
  };

  const openAt = async (from: unknown): Promise<EventCursor> => {
    const cursor: EventCursor = db.events.collection.watch<EventRow, Inserted>(
      [{ $match: { operationType: 'insert' } }],
      from === undefined ? {} : { resumeAfter: from },
    );
    // Asks the server once, so that the stream begins now and not when the first event is awaited.
    const first = await cursor.tryNext();
    if (first) deliver(first);
    else place = cursor.resumeToken ?? place;
    return cursor;
  };

  const open = async (): Promise<EventCursor> => {
    try {
      return await openAt(place);
    } catch (thrown) {
      if (place === undefined || !isRefusal(thrown)) throw thrown;
      place = undefined;
      onGap?.();
      return openAt(undefined);
    }
  };

  const follow = async (): Promise<void> => {
    while (!isClosed) {
      try {
        current ??= await open();
        for await (const change of current) deliver(change);
      } catch {
        // Whatever it was, the way back is the same: open again where it stopped.
      }
      await current?.close().catch(() => undefined);
      current = undefined;
      if (!isClosed) await pause(REOPEN_AFTER_MS);
    }
  };

  current = await open();
  void follow();

  return {
    async close() {
      isClosed = true;
      // Not awaited further: a driver that was just asked for the next event may take its time to notice.
      await current?.close().catch(() => undefined);
    },
  };
}

/** The server answered and will not go on from there, as against not being reached. */
const isRefusal = (thrown: unknown): boolean => thrown instanceof mongo.MongoServerError && !thrown.hasErrorLabel('ResumableChangeStreamError');
