import { setTimeout as pause } from 'node:timers/promises';
import type { mongo } from 'mongoose';
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

const REOPEN_AFTER_MS = 500;
/** ChangeStreamFatalError, ChangeStreamHistoryLost, InvalidResumeToken: the place to resume from is gone. */
const PLACE_LOST = new Set([280, 286, 260]);

/**
 * Every event of every business as it is written, in order, for as long as the process lives: a lost connection is reopened where it stopped.
 * Resolves once the stream listens: what is written after that is seen.
 */
export async function watchEvents(db: Pick<Models, 'events'>, onEvent: OnEvent, { resumeAfter, onGap }: EventStreamOptions = {}): Promise<EventStream> {
  let place = resumeAfter;
  let isClosed = false;
  let current: mongo.ChangeStream<EventRow, Inserted> | undefined;

  const open = async (): Promise<mongo.ChangeStream<EventRow, Inserted>> => {
    const stream = db.events.collection.watch<EventRow, Inserted>([{ $match: { operationType: 'insert' } }], place === undefined ? {} : { resumeAfter: place });
    // Opens the cursor at the server, so that the stream begins here and not at the first event asked for.
    const first = await stream.tryNext();
    if (first) deliver(first);
    place = stream.resumeToken ?? place;
    return stream;
  };

  const deliver = (change: Inserted): void => {
    place = change._id;
    onEvent(eventOf(change.fullDocument), change._id);
  };

  const follow = async (): Promise<void> => {
    while (!isClosed) {
      try {
        current ??= await open();
        for await (const change of current) deliver(change);
      } catch (thrown) {
        if (isClosed) return;
        if (hasLostItsPlace(thrown)) {
          place = undefined;
          onGap?.();
        }
      }
      await current?.close().catch(() => undefined);
      current = undefined;
      if (!isClosed) await pause(REOPEN_AFTER_MS);
    }
  };

  try {
    current = await open();
  } catch (thrown) {
    if (!hasLostItsPlace(thrown)) throw thrown;
    place = undefined;
    onGap?.();
    current = await open();
  }
  const following = follow();

  return {
    async close() {
      isClosed = true;
      await current?.close().catch(() => undefined);
      await following;
    },
  };
}

const hasLostItsPlace = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && PLACE_LOST.has(Number(thrown.code));
