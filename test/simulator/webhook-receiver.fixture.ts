import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';

export interface ReceivedWebhook {
  url: string;
  headers: IncomingHttpHeaders;
  form: URLSearchParams;
}

export interface WebhookAnswer {
  status?: number;
  body?: string;
  contentType?: string;
  /** Never answers. */
  silent?: boolean;
  /** Closes the connection without an answer. */
  reset?: boolean;
}

export interface WebhookReceiver extends AsyncDisposable {
  url(path: string): string;
  received: ReceivedWebhook[];
  /** What the next calls get, in order; afterwards an empty 200. */
  answers: WebhookAnswer[];
  isSigned(webhook: ReceivedWebhook, authToken: string): boolean;
  statuses(): (string | null)[];
}

/** Our side of the webhooks: a bare server that keeps what arrives and answers what it is told. */
export async function webhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const answers: WebhookAnswer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, form: new URLSearchParams(Buffer.concat(chunks).toString('utf8')) });
      const { status = 200, body = '', contentType = 'text/xml', silent, reset } = answers.shift() ?? {};
      if (silent) return;
      if (reset) return void request.socket.resetAndDestroy();
      response.writeHead(status, { 'content-type': contentType }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    received,
    answers,
    url: (path) => origin + path,
    isSigned: ({ url, headers, form }, authToken) =>
      twilio.validateRequest(authToken, String(headers['x-twilio-signature']), origin + url, Object.fromEntries(form)),
    statuses: () => received.map(({ form }) => form.get('MessageStatus')),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
