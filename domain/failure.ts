/** What went wrong, in the few ways a caller can act on; the API maps each to one HTTP status. */
export type FailureKind = 'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'too_many' | 'unavailable';

/**
 * A refusal: expected, with a stable code that clients may rely on.
 * `message` is for people and never holds a phone number, a name or what somebody wrote.
 */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly kind: FailureKind,
    readonly code: string,
    message: string,
    readonly details?: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }
}

export const isFailure = (thrown: unknown): thrown is Failure => thrown instanceof Failure;

export const notFound = (what: string): Failure => new Failure('not_found', `${what}.not_found`, `There is no such ${what}.`);

/** A dependency (MongoDB, Temporal, Twilio) cannot be reached or trusted just now; trying again later is right. */
export const unavailable = (what: string, message: string): Failure => new Failure('unavailable', `${what}.unavailable`, message);
