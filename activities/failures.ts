import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { FailureKind } from '#domain/failure';
import { isFailure } from '#domain/failure';

/** Refusals that no retry can change. */
const FINAL: ReadonlySet<FailureKind> = new Set(['invalid', 'unauthenticated', 'forbidden', 'not_found', 'conflict']);

/**
 * What Temporal is told of anything thrown in an activity: the stable code as type, and whether trying again makes sense.
 * The message of an unknown error stays out of history: it may quote what somebody wrote.
 */
export function toApplicationFailure(thrown: unknown): ApplicationFailure {
  if (thrown instanceof ApplicationFailure) return thrown;
  if (isFailure(thrown)) {
    return ApplicationFailure.create({
      message: thrown.message,
      type: thrown.code,
      nonRetryable: FINAL.has(thrown.kind),
      category: thrown.kind === 'unavailable' ? ApplicationFailureCategory.BENIGN : undefined,
    });
  }
  const type = thrown instanceof Error ? thrown.name : 'Error';
  return ApplicationFailure.create({ message: 'The activity failed; the worker log has the details.', type });
}
