import * as http from 'node:http';
import * as https from 'node:https';
import type { AttemptFailure } from './connection-overrides.ts';

export interface PostRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  connectTimeoutMs: number;
  readTimeoutMs: number;
}

export interface PostResult {
  status: number | null;
  headers: Record<string, string>;
  body: string;
  ms: number;
  failure?: AttemptFailure;
  error?: string;
}

const MAX_ANSWER_BYTES = 256 * 1_024;

/**
 * One POST with separate limits for connecting and for the answer, never throwing. `failure` says which of Twilio's
 * retry policies it falls under: `ct` never connected, `rt` connected but no whole answer, else the status class.
 */
export function post(request: PostRequest): Promise<PostResult> {
  const started = performance.now();
  const url = new URL(request.url);
  return new Promise((resolve) => {
    let settled = false;
    let connected = false;
    let timer: NodeJS.Timeout;
    const finish = (result: Omit<PostResult, 'ms'>) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      resolve({ ...result, ms: Math.round(performance.now() - started) });
      outgoing.destroy();
    };
    const fail = (error: string) => finish({ status: null, headers: {}, body: '', failure: connected ? 'rt' : 'ct', error });

    const secure = url.protocol === 'https:';
    const outgoing = (secure ? https : http).request(url, {
      method: 'POST',
      agent: false,
      headers: { ...request.headers, 'content-length': String(Buffer.byteLength(request.body)), connection: 'close' },
    });
    timer = setTimeout(() => fail('connect timeout'), request.connectTimeoutMs);
    outgoing.on('socket', (socket) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        connected = true;
        clearTimeout(timer);
        timer = setTimeout(() => fail('read timeout'), request.readTimeoutMs);
      });
    });
    outgoing.on('error', (error) => fail('code' in error ? String(error.code) : error.message));
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const complete = () => {
        const status = response.statusCode ?? 0;
        const failure = status >= 500 ? '5xx' : status >= 400 ? '4xx' : undefined;
        finish({ status, headers: flatHeaders(response.headers), body: Buffer.concat(chunks).toString('utf8'), failure });
      };
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= MAX_ANSWER_BYTES) chunks.push(chunk);
      });
      response.on('end', complete);
      response.on('error', (error) => fail(error.message));
      response.on('aborted', () => fail('connection closed before the whole answer'));
    });
    outgoing.end(request.body);
  });
}

function flatHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));
}
