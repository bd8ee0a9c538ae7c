import type { Response } from 'express';

/** Open event streams of one fixture; `send` reaches all of them. */
export function createSseHub() {
  const readers = new Set<Response>();
  let nextId = 1;
  return {
    subscribe(response: Response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
      response.write(': connected\n\n');
      readers.add(response);
      response.on('close', () => readers.delete(response));
    },
    send(event: string, data: unknown) {
      const id = String(nextId);
      nextId += 1;
      const body = typeof data === 'object' && data !== null ? { id, ...data } : data;
      for (const reader of readers) reader.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(body)}\n\n`);
    },
    readers: () => readers.size,
    close() {
      for (const reader of readers) reader.end();
    },
  };
}
