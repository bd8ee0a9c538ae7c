import { WorkflowUpdateRPCTimeoutOrCancelledError, isGrpcServiceError } from '@temporalio/client';
import { unavailable } from '#domain/failure';

/** Temporal, or a worker to answer, could not be reached in time: what was asked for may still happen. */
export function whenUnreachable(thrown: unknown): never {
  if (isUnreachable(thrown)) throw unavailable('workflow', 'Nobody is working on this conversation just now; it may still happen. Please try again.');
  throw thrown;
}

export const isUnreachable = (thrown: unknown): boolean =>
  thrown instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcServiceError(thrown) || (thrown instanceof Error && isGrpcServiceError(thrown.cause));
