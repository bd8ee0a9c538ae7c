import { DefaultFailureConverter } from '@temporalio/common';

/** Loaded by path from client, worker and workflow bundle: messages and stacks of failures are encrypted like payloads. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
