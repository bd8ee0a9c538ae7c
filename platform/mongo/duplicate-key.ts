import { mongo } from 'mongoose';

const DUPLICATE_KEY = 11_000;

/** Whether an index refused the write because another document has that value already. */
export const isDuplicateKey = (thrown: unknown): boolean => thrown instanceof mongo.MongoServerError && thrown.code === DUPLICATE_KEY;

/**
 * Runs an unordered insert of several documents and says which positions were there already.
 * @throws whatever else went wrong, when anything did.
 */
export async function positionsPresent(insert: Promise<unknown>): Promise<Set<number>> {
  try {
    await insert;
    return new Set();
  } catch (thrown) {
    if (!(thrown instanceof mongo.MongoBulkWriteError)) throw thrown;
    const errors = Array.isArray(thrown.writeErrors) ? thrown.writeErrors : [thrown.writeErrors];
    if (errors.length === 0 || errors.some((error) => error.code !== DUPLICATE_KEY) || thrown.result.getWriteConcernError()) throw thrown;
    return new Set(errors.map((error) => error.index));
  }
}
