import type { Response } from 'express';

/** Everything that happens, for pages that watch: message.created, message.status, webhook.delivered, ledger… */
export interface ActivityStream {
  publish(type: string, data: unknown): void;
  /** Turns the response into server-sent events until the reader leaves. */
  subscribe(response: Response): void;
  closeAll(): void;
}

const HEARTBEAT_MS = 15_000;

export function createActivityStream(): ActivityStream {
  const readers = new Set<Response>();
  let id = 0;
  return {
    publish(type, data) {
      id += 1;
      if (readers.size === 0) return;
      const frame = `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
      for (const reader of readers) reader.write(frame);
    },
    subscribe(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform', connection: 'keep-alive' });
      response.write(': connected\n\n');
      readers.add(response);
      const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
      response.on('close', () => {
        clearInterval(heartbeat);
        readers.delete(response);
      });
    },
    closeAll() {
      for (const reader of readers) reader.end();
    },
  };
}
