/** The one source of "now" for rules about windows, hours and tokens. Workflow timers are real and take durations as inputs. */
export interface Clock {
  nowMs(): number;
  now(): Date;
}

export const systemClock: Clock = { nowMs: () => Date.now(), now: () => new Date() };

/** A clock that can be moved, so that "25 hours later" takes no time; test mode only. */
export interface AdvanceableClock extends Clock {
  /** How far ahead of real time this clock is. */
  setOffset(offsetMs: number): void;
}

export function createAdvanceableClock(offsetMs = 0): AdvanceableClock {
  let ahead = offsetMs;
  return {
    nowMs: () => Date.now() + ahead,
    now: () => new Date(Date.now() + ahead),
    setOffset: (to) => {
      ahead = to;
    },
  };
}
