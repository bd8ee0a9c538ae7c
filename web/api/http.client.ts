import { errorFrom, serverUnreachable } from './api-error.ts';

const TIMEOUT_MS = 20_000;

interface RequestOptions {
  body?: unknown;
  bearer?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
}

let csrfToken: string | null = null;

/** Writes made with the session cookie carry this token; it comes with `GET /api/me`. */
export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

export const get = <Answer>(path: string, options: Omit<RequestOptions, 'body'> = {}): Promise<Answer> => request<Answer>('GET', path, options);

export const post = <Answer = void>(path: string, body?: unknown, options: Omit<RequestOptions, 'body'> = {}): Promise<Answer> =>
  request<Answer>('POST', path, { ...options, body: body ?? {} });

export const remove = <Answer = void>(path: string): Promise<Answer> => request<Answer>('DELETE', path, {});

/** Throws ApiError for every answer but 2xx; an empty answer is undefined. */
async function request<Answer>(method: string, path: string, options: RequestOptions): Promise<Answer> {
  const response = await send(method, path, options);
  if (!response.ok) throw await errorFrom(response);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

async function send(method: string, path: string, { body, bearer, signal, timeoutMs = TIMEOUT_MS }: RequestOptions): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(method !== 'GET' && csrfToken && !bearer ? { 'x-csrf-token': csrfToken } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw serverUnreachable(error instanceof Error ? error.message : 'no answer');
  }
}
