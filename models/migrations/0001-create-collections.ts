import { mongo } from 'mongoose';
import type { Migration } from '#platform/mongo/migrations';
import type { Models } from '../models.ts';

const NAMESPACE_EXISTS = 48;

/** Collections exist before the first write, so that the first message in a fresh database waits for nothing. */
export const createCollections: Migration<Models> = {
  id: '0001-create-collections',
  async run({ connection, ...models }) {
    for (const model of Object.values(models)) {
      try {
        await connection.createCollection(model.collection.name);
      } catch (thrown) {
        if (!(thrown instanceof mongo.MongoServerError) || thrown.code !== NAMESPACE_EXISTS) throw thrown;
      }
    }
  },
};
