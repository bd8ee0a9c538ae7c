import type { TemporalGateway } from '#platform/temporal/gateway';

const PROBE_EVERY_MS = 500;
const PROBE_WITHIN_MS = 1_000;

export interface Breaker {
  /** While open, messages are parked at once instead of waiting for Temporal first. */
  isOpen(): boolean;
  succeeded(): void;
  /** Opens the breaker and probes Temporal until it answers again. */
  failed(): void;
}

const breakers = new WeakMap<TemporalGateway, Breaker>();

/** One breaker per connection: what one request learned about Temporal serves the next. */
export function temporalBreaker(temporal: TemporalGateway): Breaker {
  const known = breakers.get(temporal);
  if (known) return known;
  const made = createBreaker(() => temporal.ping(PROBE_WITHIN_MS));
  breakers.set(temporal, made);
  return made;
}

export function createBreaker(probe: () => Promise<void>, probeEveryMs = PROBE_EVERY_MS): Breaker {
  let open = false;
  let timer: NodeJS.Timeout | undefined;

  function close(): void {
    open = false;
    clearTimeout(timer);
    timer = undefined;
  }
  function probeLater(): void {
    timer = setTimeout(() => {
      probe().then(close, probeLater);
    }, probeEveryMs);
    timer.unref();
  }
  return {
    isOpen: () => open,
    succeeded: close,
    failed() {
      if (open) return;
      open = true;
      probeLater();
    },
  };
}
