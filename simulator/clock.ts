const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const ISO_DURATION = /^(-)?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** The simulator's dates: real time plus an offset that only `advance` and `reset` change. Timers stay real. */
export interface SimulatorClock {
  now(): Date;
  offsetMs(): number;
  advance(ms: number): void;
  reset(): void;
}

export function createClock(): SimulatorClock {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    offsetMs: () => offset,
    advance: (ms) => {
      offset += ms;
    },
    reset: () => {
      offset = 0;
    },
  };
}

/** Reads milliseconds, `25h`-like text or an ISO 8601 duration (`PT25H`, `P1DT2H`) into milliseconds; undefined when it is none of these. */
export function parseDurationMs(value: number | string): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;

  const short = /^(-?\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(value.trim());
  if (short) return Number(short[1]) * (UNIT_MS[short[2] ?? 'ms'] ?? 1);

  const iso = ISO_DURATION.exec(value.trim());
  if (!iso || iso.slice(2).every((part) => part === undefined)) return undefined;
  const [, sign, weeks, days, hours, minutes, seconds] = iso;
  const ms =
    (Number(weeks ?? 0) * 7 + Number(days ?? 0)) * 86_400_000 + Number(hours ?? 0) * 3_600_000 + Number(minutes ?? 0) * 60_000 + Number(seconds ?? 0) * 1_000;
  return sign ? -ms : ms;
}

/** `Thu, 24 Aug 2023 05:01:45 +0000`, the form Twilio's 2010 API writes dates in. */
export function rfc2822(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}
