import type { FailureKind } from '#domain/failure';
import { Failure, isFailure } from '#domain/failure';
import type { ErrorCode } from './error-codes.ts';

/** The one table from what went wrong to an HTTP status. */
export const STATUS_OF: Record<FailureKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many: 429,
  unavailable: 503,
};

/** A refusal of the API itself; `status` only where HTTP has a better word than the kind's. */
export class ApiFailure extends Failure {
  constructor(
    kind: FailureKind,
    override readonly code: ErrorCode,
    message: string,
    readonly options: { details?: Readonly<Record<string, unknown>>; status?: number; retryAfterMs?: number } = {},
  ) {
    super(kind, code, message, options.details);
  }
}

export interface ErrorAnswer {
  status: number;
  code: string;
  message: string;
  details?: Readonly<Record<string, unknown>>;
  retryAfterMs?: number;
  /** Set for faults: nobody expected this, so it is logged with its stack. */
  fault?: unknown;
}

/** Turns anything thrown into an answer; an unknown fault tells the caller nothing but a request id. */
export function errorAnswerOf(thrown: unknown): ErrorAnswer {
  if (isFailure(thrown)) return answerOfFailure(thrown);
  return (
    answerOfHttpError(thrown) ??
    answerOfDatabase(thrown) ?? {
      status: 500,
      code: 'internal',
      message: 'Something went wrong on our side. Quote the request id when you ask about it.',
      fault: thrown,
    }
  );
}

function answerOfFailure(failure: Failure): ErrorAnswer {
  const options = failure instanceof ApiFailure ? failure.options : {};
  const hinted = failure.details?.['retryAfterMs'];
  const retryAfterMs = options.retryAfterMs ?? (typeof hinted === 'number' ? hinted : failure.kind === 'unavailable' ? 2_000 : undefined);
  return { status: options.status ?? STATUS_OF[failure.kind], code: failure.code, message: failure.message, details: failure.details, retryAfterMs };
}

/** The body parser and the router of Express throw errors that carry a `type` and a `status`. */
function answerOfHttpError(thrown: unknown): ErrorAnswer | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { type, status } = thrown as Error & { type?: string; status?: number };
  if (type === 'entity.parse.failed') return { status: 400, code: 'request.malformed_json', message: 'The body is not valid JSON.' };
  if (type === 'entity.too.large') return { status: 413, code: 'request.too_large', message: 'The body is too large.' };
  if (type === 'request.aborted') return { status: 400, code: 'request.aborted', message: 'The connection ended early.' };
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return { status: 415, code: 'request.unsupported_media_type', message: 'Send JSON in UTF-8.' };
  if (thrown instanceof URIError || (status !== undefined && status >= 400 && status < 500))
    return { status: 400, code: 'request.invalid', message: 'The request cannot be read.' };
  return undefined;
}

const DATABASE_AWAY = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoPoolClearedError',
  'MongoWaitQueueTimeoutError',
  'MongoExpiredSessionError',
]);

function answerOfDatabase(thrown: unknown): ErrorAnswer | undefined {
  if (!(thrown instanceof Error) || !DATABASE_AWAY.has(thrown.name)) return undefined;
  return { status: 503, code: 'database.unavailable', message: 'The database cannot be reached just now. Try again in a moment.', retryAfterMs: 2_000 };
}
