import RequestClient from 'twilio/lib/base/RequestClient.js';
import { faultOfNetworkError, TwilioCallError } from './call-fault.ts';

export interface TwilioHttpOptions {
  /** Calls go to this scheme, host and path prefix instead of Twilio's, whatever the product (api, verify, …). */
  baseUrl?: string;
  /** For the whole call, from connecting to the last byte of the answer. */
  timeoutMs: number;
}

type Answer<TData> = Awaited<ReturnType<typeof RequestClient.prototype.request<TData>>>;

/** The product's own host, for a simulator that serves several products at one address. */
const ORIGINAL_HOST_HEADER = 'x-twilio-original-host';

/**
 * The one door every call to Twilio goes through. Never retries by itself, and turns every answer but a 2xx,
 * and every failure of the network, into a TwilioCallError that holds no credentials.
 */
export class TwilioHttpClient extends RequestClient {
  readonly #base: URL | undefined;
  readonly #timeoutMs: number;

  constructor({ baseUrl, timeoutMs }: TwilioHttpOptions) {
    super({ timeout: timeoutMs, autoRetry: false, keepAlive: true });
    this.#base = baseUrl === undefined ? undefined : new URL(baseUrl);
    this.#timeoutMs = timeoutMs;
  }

  override async request<TData>(options: RequestClient.RequestOptions<TData>): Promise<Answer<TData>> {
    const { uri, host } = this.#addressOf(options.uri);
    const headers = { ...options.headers, [ORIGINAL_HOST_HEADER]: host };
    // Without a log level of its own the SDK prints requests, phone numbers included, when TWILIO_LOG_LEVEL says so.
    const call = { ...options, uri, headers: this.#base ? headers : (options.headers ?? {}), timeout: this.#timeoutMs, logLevel: 'none' };

    const answer = await this.#withinTime(super.request<TData>(call));
    if (answer.statusCode < 200 || answer.statusCode > 299) throw new TwilioCallError(faultOfAnswer(answer));
    return answer;
  }

  #addressOf(original: string): { uri: string; host: string } {
    const { host, pathname, search } = new URL(original);
    if (this.#base) return { uri: `${this.#base.origin}${this.#base.pathname.replace(/\/+$/, '')}${pathname}${search}`, host };
    // A "next page" address comes from an answer; credentials go to Twilio and nowhere else.
    if (!host.endsWith('.twilio.com')) throw new TwilioCallError({ kind: 'not_sent', why: 'unreachable' });
    return { uri: original, host };
  }

  /** The SDK's own timeout starts again with every byte; this one does not. */
  async #withinTime<T>(call: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new TwilioCallError({ kind: 'no_answer', why: 'timeout' })), this.#timeoutMs + GRACE_MS);
    });
    try {
      return await Promise.race([call.catch(rethrowClean), tooLate]);
    } finally {
      clearTimeout(timer);
      // The SDK keeps its last request, Authorization header and text included.
      delete this.lastRequest;
      delete this.lastResponse;
    }
  }
}

/** Lets the socket's own timeout, which also frees the socket, win the race. */
const GRACE_MS = 100;

function rethrowClean(thrown: unknown): never {
  throw new TwilioCallError(faultOfNetworkError(thrown));
}

function faultOfAnswer({ statusCode, body, headers }: Answer<unknown>) {
  const errorCode = errorCodeOf(body);
  const retryAfterMs = retryAfterOf(headers);
  return {
    kind: 'answered' as const,
    httpStatus: statusCode,
    ...(errorCode !== undefined && { errorCode }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** The same field in Twilio's old error form and in its RFC 9457 form; anything else in front of Twilio has none. */
function errorCodeOf(body: unknown): number | undefined {
  const code = typeof body === 'object' && body !== null ? (body as { code?: unknown }).code : undefined;
  return Number.isInteger(code) ? (code as number) : undefined;
}

function retryAfterOf(headers: unknown): number | undefined {
  const value = (headers as Record<string, unknown> | undefined)?.['retry-after'];
  const seconds = typeof value === 'string' && /^\d{1,5}$/.test(value.trim()) ? Number(value) : undefined;
  return seconds === undefined ? undefined : seconds * 1_000;
}
