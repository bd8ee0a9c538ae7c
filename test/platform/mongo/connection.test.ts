import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { bounded } from '#platform/mongo/bounded';
import { connectMongo, pingMongo } from '#platform/mongo/connection';
import { decodeCursor, encodeCursor } from '#platform/mongo/cursor';
import { testMongoUri } from '#test/support/mongo';

test('a database that answers is ready; one that was closed is not, and nothing waits in a queue', async () => {
  const connection = await connectMongo(testMongoUri('test-connection'), { appName: 'test connection', serverSelectionTimeoutMs: 10_000 });
  expect(await pingMongo(connection, 5_000)).toBe(true);
  await connection.close();
  expect(await pingMongo(connection, 1_000)).toBe(false);
});

test('writes are acknowledged by a majority and journaled unless they say otherwise', async () => {
  const connection = await connectMongo(testMongoUri('test-connection'), { appName: 'test connection', serverSelectionTimeoutMs: 10_000 });
  expect(connection.getClient().options.writeConcern).toMatchObject({ w: 'majority', journal: true });
  await connection.close();
});

test('a database that is not there fails in the time given', async () => {
  await expect(connectMongo('mongodb://127.0.0.1:1/none', { appName: 'test', serverSelectionTimeoutMs: 50 })).rejects.toThrow(/ECONNREFUSED/);
});

test('a database that accepts and says nothing is not ready', async () => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as AddressInfo;
  await expect(connectMongo(`mongodb://127.0.0.1:${port}/none?directConnection=true`, { appName: 'test', serverSelectionTimeoutMs: 100 })).rejects.toThrow();
  for (const socket of sockets) socket.destroy();
  silent.close();
});

describe('bounded', () => {
  test('gives the result, or the error, of what is quick', async () => {
    expect(await bounded(1_000, Promise.resolve('done'))).toBe('done');
    await expect(bounded(1_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  test('gives up on what is slow, and what it does later disturbs nobody', async () => {
    let fail: (error: Error) => void = () => undefined;
    const slow = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    await expect(bounded(5, slow)).rejects.toMatchObject({ kind: 'unavailable', code: 'mongodb.unavailable' });
    fail(new Error('too late'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});

test('a cursor leads back to its place', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), noInvalidDate: true }), fc.stringMatching(/^[\w.:-]{1,100}$/), (at, id) => {
      expect(decodeCursor(encodeCursor({ at, id }))).toEqual({ at, id });
    }),
  );
});
