/** What messages wait for, by key, whichever of the two comes first: the wait or the answer. */
export interface Answers {
  note(key: string, atMs: number): void;
  /** When it was answered. Rejects after `timeoutMs`. */
  of(key: string, timeoutMs: number): Promise<number>;
}

export function createAnswers(): Answers {
  const known = new Map<string, number>();
  const waiting = new Map<string, (atMs: number) => void>();
  return {
    note(key, atMs) {
      // A second answer to the same message is judged elsewhere; here the first one counts.
      if (!known.has(key)) known.set(key, atMs);
      waiting.get(key)?.(atMs);
      waiting.delete(key);
    },
    of(key, timeoutMs) {
      const atMs = known.get(key);
      if (atMs !== undefined) return Promise.resolve(atMs);
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(key);
          reject(new Error(`no answer within ${timeoutMs} ms`));
        }, timeoutMs);
        waiting.set(key, (answeredAtMs) => {
          clearTimeout(late);
          resolve(answeredAtMs);
        });
      });
    },
  };
}
