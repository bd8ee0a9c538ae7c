/** Where an outbound message stands on our side; the outbox row is the message itself. */
export const DELIVERY_STATES = ['planned', 'superseded', 'attempting', 'accepted', 'failed', 'unknown', 'parked'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** States in which nothing will happen any more without somebody asking for it. */
export const isSettled = (state: DeliveryState): boolean => state === 'accepted' || state === 'failed' || state === 'superseded';

/** What a parked message waits for; shown to staff in words. */
export type WaitsFor = 'twilio' | 'template' | 'credentials';

/**
 * The outcome of one try to deliver.
 * `retryable` is a definite "not sent"; `unknown` means Twilio may have it, so nobody sends again before looking.
 */
export type DeliveryOutcome =
  | { outcome: 'accepted' }
  | { outcome: 'refused'; errorCode?: number }
  | { outcome: 'retryable'; triesLeft: number; waitMs?: number }
  | { outcome: 'unknown' }
  | { outcome: 'parked'; waitsFor: WaitsFor }
  | { outcome: 'superseded' };

/**
 * What looking for a send of unknown outcome has shown so far.
 * `busyForMs`: somebody may still be in the middle of the call; this look does not count.
 */
export type ReconcileOutcome = { found: true } | { found: false; emptyLooks: number; busyForMs?: number };

/** Callback missing and this many empty lists in a row: the send never happened and may be tried again. */
export const EMPTY_LOOKS_THAT_PROVE_ABSENCE = 3;
