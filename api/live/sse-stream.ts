import type { Session } from 'better-sse';
import { createSession } from 'better-sse';
import type { OpenCall } from '../calls.ts';

/** Shorter than the idle limits of usual proxies. */
const KEEP_ALIVE_MS = 15_000;
const RETRY_MS = 2_000;
/** A reader who is this far behind is cut off; the browser comes back and catches up by its last id. */
const MOST_UNSENT_BYTES = 1_000_000;

export interface SseStream {
  /** What the browser has seen last; empty on a first connection. */
  readonly lastEventId: string;
  push(type: string, data: unknown, id: string): void;
  end(): void;
  /** Aborted when the browser has gone, the server stops, or `end` was called. */
  readonly closed: AbortSignal;
}

/** Server-sent events on this request, until either side ends it. `recheck` runs at every heartbeat; when it throws the stream ends. */
export async function openSse(call: OpenCall, options: { kind: string; recheck?: () => Promise<void> }): Promise<SseStream> {
  const { req, res, stopping, metrics } = call;
  const session: Session = await createSession(req, res, { keepAlive: KEEP_ALIVE_MS, retry: RETRY_MS, serializer: JSON.stringify });
  const closing = new AbortController();
  metrics.openStreams.inc({ kind: options.kind });

  const end = (): void => {
    if (closing.signal.aborted) return;
    closing.abort();
    clearInterval(rechecks);
    stopping.removeEventListener('abort', end);
    metrics.openStreams.dec({ kind: options.kind });
    res.end();
  };
  const rechecks = setInterval(() => void options.recheck?.().catch(end), KEEP_ALIVE_MS).unref();
  stopping.addEventListener('abort', end);
  res.once('close', end);
  if (stopping.aborted) end();

  return {
    lastEventId: session.lastId,
    closed: closing.signal,
    end,
    push(type, data, id) {
      if (closing.signal.aborted || !session.isConnected) return;
      session.push(data, type, id);
      if (res.writableLength > MOST_UNSENT_BYTES) {
        res.destroy();
        end();
      }
    },
  };
}
