import { unavailable } from '#domain/failure';

/**
 * The promise's result, or Failure `mongodb.unavailable` after `ms`. The work itself goes on: use it where repeating is harmless.
 * A late rejection of the work is swallowed, since its caller has been answered already.
 */
export async function bounded<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailable('mongodb', 'The database did not answer in time.')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
