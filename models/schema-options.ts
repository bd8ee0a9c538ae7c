/** What every collection agrees on: nothing undeclared is stored or asked for, indexes are built by the migration step alone. */
export const strictSchema = (collection: string) =>
  ({
    collection,
    strict: 'throw',
    strictQuery: 'throw',
    versionKey: false,
    autoIndex: false,
    autoCreate: false,
    id: false,
  }) as const;

/** For objects inside a document. */
export const EMBEDDED = { _id: false, strict: 'throw', id: false } as const;
