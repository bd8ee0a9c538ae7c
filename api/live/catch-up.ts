import type { ServiceContext } from '#services/context';
import type { EventHub, LiveEvent } from '#services/events/event-hub';

/** More than this is faster to load afresh. */
const MOST_REPLAYED = 1_000;

export interface Follower {
  onEvent(event: LiveEvent): void | Promise<void>;
  onResync(): void | Promise<void>;
}

/**
 * First what was missed since `lastEventId` (from 30 s before it, so that nothing written out of order is lost), then what
 * happens from now on, in order and each event once. A place that is unknown or too far back becomes a resync.
 */
export async function followEvents(
  ctx: Pick<ServiceContext, 'businessId' | 'events'>,
  hub: EventHub,
  { lastEventId, closed }: { lastEventId: string; closed: AbortSignal },
  follower: Follower,
): Promise<void> {
  const told = new Set<string>();
  let queue: Promise<void> = Promise.resolve();
  const inTurn = (work: () => void | Promise<void>): void => {
    queue = queue.then(() => (closed.aborted ? undefined : work())).catch(() => follower.onResync());
  };
  const tell = async (event: LiveEvent): Promise<void> => {
    if (told.has(event.id)) return;
    told.add(event.id);
    if (told.size > 2 * MOST_REPLAYED) told.delete(told.values().next().value ?? '');
    await follower.onEvent(event);
  };

  if (lastEventId !== '') {
    // Queued first: what is heard below waits until the replay has been told.
    inTurn(async () => {
      const missed = await ctx.events.since(lastEventId, MOST_REPLAYED);
      if (missed === null || missed.length >= MOST_REPLAYED) await follower.onResync();
      else for (const event of missed) await tell(event);
    });
  }
  const stop = hub.listen(ctx.businessId, { onEvent: (event) => inTurn(() => tell(event)), onGap: () => inTurn(() => follower.onResync()) });
  closed.addEventListener('abort', stop);
  if (closed.aborted) stop();
  await queue;
}
