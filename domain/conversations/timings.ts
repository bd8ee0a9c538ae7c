/** Every duration a conversation waits for, in milliseconds. An input of the workflow, so a test can run a day in a second. */
export interface ConversationTimings {
  /** How long the customer must be silent before a reply is composed; 0 on web chat. */
  quietMs: number;
  /** The longest a burst may keep the reply waiting. */
  maxBurstMs: number;
  /** With nothing to do for this long the run closes; the next message starts a new one. */
  idleMs: number;
  /** A member's takeover ends after this much silence from both sides. */
  takeoverIdleMs: number;
  /** A customer message without any answer for this long raises a staff alert, … */
  alertAfterMs: number;
  /** … and after this long the customer gets the fallback text. */
  fallbackAfterMs: number;
  /** Waits between the tries of a definite, retryable failure (1 + 3 tries). */
  sendRetryMs: number[];
  /** Pause between two looks when a send's outcome is unknown; three empty looks mean it never happened. */
  reconcileEveryMs: number;
  /** Pauses between the slow tries of a parked send; the last one repeats. */
  parkedRetryMs: number[];
  /** A parked send older than this is no longer worth sending. */
  parkedForMs: number;
  /** A run continues as new before its history grows past this many events. */
  historyLimit: number;
  /** A run that goes on longer than this continues as new, so that no history outlives the keys it is encrypted with. */
  runForMs: number;
  /** How often a reply is composed again because more words arrived. */
  maxRethinks: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** SMS and WhatsApp, where people type in pieces; web chat overrides `quietMs` with 0. */
export const PRODUCTION_TIMINGS: ConversationTimings = {
  quietMs: 1_500,
  maxBurstMs: 6 * SECOND,
  idleMs: 6 * HOUR,
  takeoverIdleMs: 12 * HOUR,
  alertAfterMs: 5 * MINUTE,
  fallbackAfterMs: 15 * MINUTE,
  sendRetryMs: [1 * SECOND, 2 * SECOND, 4 * SECOND],
  reconcileEveryMs: 20 * SECOND,
  parkedRetryMs: [1 * MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE],
  parkedForMs: 4 * HOUR,
  historyLimit: 4_000,
  runForMs: 20 * HOUR,
  maxRethinks: 3,
};
