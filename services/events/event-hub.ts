import type { BusinessId } from '#domain/ids';
import type { EventRecord } from '#models/events.repository';
import { watchEvents } from '#models/events.stream';
import type { Models } from '#models/models';
import type { Logger } from '#platform/logger';

/** Something that happened in a business: ids, states and codes, no words. */
export type LiveEvent = EventRecord;

export interface EventListener {
  onEvent(event: LiveEvent): void;
  /** Events may have been missed: whoever listens should load afresh. */
  onGap(): void;
}

/** All events of the installation as they are written, handed to whoever listens for one business. */
export interface EventHub {
  /** Returns the way to stop listening. */
  listen(businessId: BusinessId, listener: EventListener): () => void;
  /** The id of the newest event seen of a business; undefined before the first. */
  newestId(businessId: BusinessId): string | undefined;
  close(): Promise<void>;
}

/** One change stream per process, however many browsers are connected. */
export async function startEventHub({ db, log }: { db: Models; log: Logger }): Promise<EventHub> {
  const listeners = new Map<string, Set<EventListener>>();
  const newest = new Map<string, string>();

  const stream = await watchEvents(
    db,
    (event) => {
      newest.set(event.businessId, event.id);
      for (const listener of listeners.get(event.businessId) ?? []) {
        try {
          listener.onEvent(event);
        } catch (thrown) {
          // One reader's trouble must not keep the others from hearing.
          log.warn({ err: thrown }, 'a reader of live updates failed');
        }
      }
    },
    {
      onGap: () => {
        for (const ofOneBusiness of listeners.values()) for (const listener of ofOneBusiness) listener.onGap();
      },
    },
  );

  return {
    listen(businessId, listener) {
      const others = listeners.get(businessId) ?? new Set<EventListener>();
      listeners.set(businessId, others.add(listener));
      return () => {
        others.delete(listener);
        if (others.size === 0 && listeners.get(businessId) === others) listeners.delete(businessId);
      };
    },
    newestId: (businessId) => newest.get(businessId),
    close: () => stream.close(),
  };
}
