import type { Aggregate, Query, Schema } from 'mongoose';

/** The only reasons to look across businesses, each used by one function of the system repositories. */
export const UNSCOPED_USES = [
  'numbers.loadAll',
  'businesses.list',
  'apiKeys.findByToken',
  'signInLinks.redeem',
  'sweeps.expiredSessions',
  'sweeps.unsettledMessages',
  'sweeps.parkedMessagesDue',
  'keys.rotate',
  'keys.destroyEpochs',
  'parked.sweep',
] as const;
export type UnscopedUse = (typeof UNSCOPED_USES)[number];

/** Pass to `setOptions` of a query or `option` of an aggregate that must look across businesses. */
export const unscoped = (use: UnscopedUse): { unscoped: UnscopedUse } => ({ unscoped: use });

/** Thrown at the caller as a fault: a query without its business is a mistake in the code, never a refusal. */
export class UnscopedQueryError extends Error {
  override readonly name = 'UnscopedQueryError';

  constructor(collection: string, operation: string) {
    super(`${operation} on ${collection} names no business`);
  }
}

const QUERIES = [
  'find',
  'findOne',
  'countDocuments',
  'estimatedDocumentCount',
  'distinct',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
] as const;

/** Stages that read or write other collections, past what this plugin can see. */
const ESCAPES = ['$lookup', '$graphLookup', '$unionWith', '$out', '$merge'];

export interface BusinessScopeOptions {
  /** The field that names the business; `_id` in the collection of businesses itself. */
  field?: string;
}

type Filter = Record<string, unknown>;

/** Refuses every read and write that does not name one business. */
export function businessScopePlugin(schema: Schema, { field = 'businessId' }: BusinessScopeOptions = {}): void {
  const namesBusiness = (filter: Filter | undefined): boolean => {
    const value = filter?.[field];
    return typeof value === 'string' && value !== '';
  };

  const check = (isScoped: boolean, options: Filter | undefined, collection: string, operation: string): void => {
    const use = options?.['unscoped'];
    if (!isScoped && !UNSCOPED_USES.some((known) => known === use)) throw new UnscopedQueryError(collection, operation);
  };

  schema.pre([...QUERIES], { document: false, query: true }, function (this: Query<unknown, unknown>) {
    const { op } = this as unknown as { op: string };
    check(op !== 'estimatedDocumentCount' && namesBusiness(this.getFilter() as Filter), this.getOptions(), this.model.collection.name, op);
  });

  schema.pre('aggregate', function (this: Aggregate<unknown>) {
    const stages = this.pipeline() as unknown as Filter[];
    const text = JSON.stringify(stages);
    const isScoped = namesBusiness(stages[0]?.['$match'] as Filter | undefined) && !ESCAPES.some((stage) => text.includes(`"${stage}"`));
    check(isScoped, this.options as Filter, this.model().collection.name, 'aggregate');
  });

  schema.pre('insertMany', function (docs: unknown) {
    const all = (Array.isArray(docs) ? docs : [docs]) as Filter[];
    check(all.every(namesBusiness), undefined, this.collection.name, 'insertMany');
  });

  schema.pre('bulkWrite', function (operations: unknown[]) {
    for (const operation of operations as Record<string, { filter?: Filter; document?: Filter }>[]) {
      const [name, body] = Object.entries(operation)[0] ?? ['bulkWrite', {}];
      check(namesBusiness(body.filter ?? body.document), undefined, this.collection.name, name);
    }
  });

  schema.pre('save', function () {
    check(namesBusiness({ [field]: this.get(field) }), undefined, this.collection.name, 'save');
  });
}
