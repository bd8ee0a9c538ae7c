import { isGrpcServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { Failure } from '#domain/failure';

/** Temporal, or a worker to answer, could not be reached in time: what was asked for may still happen. */
export function whenUnreachable(thrown: unknown): never {
  if (isUnreachable(thrown))
    throw new Failure('unavailable', 'workflow.unreachable', 'Nobody is working on this conversation just now; it may still happen. Please try again.');
  throw thrown;
}

export const isUnreachable = (thrown: unknown): boolean =>
  thrown instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcServiceError(thrown) || (thrown instanceof Error && isGrpcServiceError(thrown.cause));
