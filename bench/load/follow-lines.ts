import type { IncomingMessage } from 'node:http';
import { get } from 'node:http';

export interface Following extends AsyncDisposable {
  /** Resolves once the server is talking. */
  ready: Promise<void>;
}

/** Reads an answer that never ends (server-sent events, lines of JSON), line by line, until disposed of. */
export function followLines(url: string, onLine: (line: string) => void): Following {
  let rest = '';
  const request = get(url, { agent: false });
  const ready = new Promise<void>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response: IncomingMessage) => {
      if (response.statusCode !== 200) return reject(new Error(`${url} answered ${response.statusCode}`));
      response.setEncoding('utf8');
      response.on('error', () => {});
      response.on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine(line);
      });
      resolve();
    });
  });
  request.on('error', () => {});
  return {
    ready,
    async [Symbol.asyncDispose]() {
      request.destroy();
    },
  };
}
