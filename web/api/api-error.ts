/** An answer the server refused, or no answer at all (`status` 0). */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(facts: { code: string; message: string; status: number; requestId: string | null; retryAfterSeconds: number | null }) {
    super(facts.message);
    this.name = 'ApiError';
    this.code = facts.code;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}

export const serverUnreachable = (message: string): ApiError =>
  new ApiError({ code: 'network.unreachable', message, status: 0, requestId: null, retryAfterSeconds: null });

/** Reads the one error shape of the API; a body in another shape (a proxy's page, say) still becomes an ApiError. */
export async function errorFrom(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  return new ApiError({
    code: textOf(error.code) ?? `http.${response.status}`,
    // The simulator says what is wrong in `error` itself.
    message: textOf(error.message) ?? (isRecord(body) ? textOf(body.error) : null) ?? response.statusText,
    status: response.status,
    requestId: textOf(error.requestId) ?? response.headers.get('x-request-id'),
    retryAfterSeconds: secondsOf(response.headers.get('retry-after')),
  });
}

/** Worth trying again by itself: the server was busy, restarting or out of reach. */
export const isTransient = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function secondsOf(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) ? seconds : null;
}
