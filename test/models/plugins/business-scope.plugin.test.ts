import type { Model } from 'mongoose';
import { trusted } from 'mongoose';
import { modelsOf } from '#models/migrations/migrate';
import { INSTALLATION_COLLECTIONS } from '#models/models';
import { UNSCOPED_USES, UnscopedQueryError, unscoped } from '#models/plugins/business-scope.plugin';
import type { TestDatabase } from '#test/support/mongo';
import { openTestDatabase } from '#test/support/mongo';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase('scope');
});
afterAll(() => database[Symbol.asyncDispose]());

type AnyModel = Model<Record<string, unknown>>;
type Operation = (model: AnyModel, filter: Record<string, unknown>) => PromiseLike<unknown>;

const OPERATIONS: Record<string, Operation> = {
  find: (model, filter) => model.find(filter).lean(),
  findOne: (model, filter) => model.findOne(filter),
  exists: (model, filter) => model.exists(filter),
  countDocuments: (model, filter) => model.countDocuments(filter),
  distinct: (model, filter) => model.distinct('_id', filter),
  updateOne: (model, filter) => model.updateOne(filter, { $set: { role: 'customer' } }),
  updateMany: (model, filter) => model.updateMany(filter, { $set: { role: 'customer' } }),
  replaceOne: (model, filter) => model.replaceOne(filter, {}),
  deleteOne: (model, filter) => model.deleteOne(filter),
  deleteMany: (model, filter) => model.deleteMany(filter),
  findOneAndUpdate: (model, filter) => model.findOneAndUpdate(filter, { $set: { role: 'customer' } }),
  findOneAndReplace: (model, filter) => model.findOneAndReplace(filter, {}),
  findOneAndDelete: (model, filter) => model.findOneAndDelete(filter),
  cursor: (model, filter) => model.find(filter).cursor().next(),
  aggregate: (model, filter) => model.aggregate([{ $match: filter }]),
  'bulk updateOne': (model, filter) => model.bulkWrite([{ updateOne: { filter, update: { $set: { role: 'customer' } } } }]),
  'bulk deleteMany': (model, filter) => model.bulkWrite([{ deleteMany: { filter } }]),
};
const FILTERS: Record<string, Record<string, unknown>> = {
  'no business': { _id: 'x' },
  'nothing at all': {},
  'any business': { businessId: trusted({ $ne: '' }) },
  'several businesses': { businessId: trusted({ $in: ['biz_1', 'biz_2'] }) },
  'an empty business': { businessId: '' },
  'a business among alternatives': { $or: [{ businessId: 'biz_1' }, { _id: 'x' }] },
};
const cases = Object.entries(OPERATIONS).flatMap(([operation, run]) => Object.entries(FILTERS).map(([filter, value]) => ({ operation, filter, run, value })));

const messages = () => database.db.messages as unknown as AnyModel;

test.each(cases)('$operation naming $filter is refused', async ({ run, value }) => {
  await expect(Promise.resolve().then(() => run(messages(), { ...value }))).rejects.toBeInstanceOf(UnscopedQueryError);
});

test.each(Object.entries(OPERATIONS).filter(([name]) => !name.includes('eplace')))('%s naming its business is carried out', async (_name, run) => {
  await expect(Promise.resolve(run(messages(), { businessId: 'biz_nobody', _id: 'x' }))).resolves.toBeDefined();
});

test("a count of everybody's documents is refused", async () => {
  await expect(messages().estimatedDocumentCount()).rejects.toBeInstanceOf(UnscopedQueryError);
});

test('a document without a business is not stored', async () => {
  await expect(messages().insertMany([{ _id: 'x' }])).rejects.toBeInstanceOf(UnscopedQueryError);
  await expect(messages().insertMany([{ _id: 'x', businessId: 'biz_1' }, { _id: 'y' }])).rejects.toBeInstanceOf(UnscopedQueryError);
  await expect(messages().bulkWrite([{ insertOne: { document: { _id: 'x' } } }])).rejects.toBeInstanceOf(UnscopedQueryError);
  await expect(messages().create({ _id: 'x' })).rejects.toThrow(/names no business|required/);
});

test.each([
  ['$lookup', { $lookup: { from: 'customers', localField: 'customerId', foreignField: '_id', as: 'customer' } }],
  ['$unionWith', { $unionWith: 'customers' }],
  ['$graphLookup', { $graphLookup: { from: 'customers', startWith: '$a', connectFromField: 'a', connectToField: 'b', as: 'c' } }],
  ['$merge', { $merge: 'elsewhere' }],
  ['$out', { $out: 'elsewhere' }],
  ['a hidden $lookup', { $facet: { all: [{ $lookup: { from: 'customers', pipeline: [], as: 'all' } }] } }],
])('an aggregate that leaves its collection by %s is refused', async (_name, stage) => {
  await expect(messages().aggregate([{ $match: { businessId: 'biz_1' } }, stage as never])).rejects.toBeInstanceOf(UnscopedQueryError);
});

test('an aggregate that names its business only later is refused', async () => {
  await expect(messages().aggregate([{ $sort: { _id: 1 } }, { $match: { businessId: 'biz_1' } }])).rejects.toBeInstanceOf(UnscopedQueryError);
});

test('only a use on the list may look across businesses', async () => {
  for (const use of UNSCOPED_USES) await expect(messages().find({}).setOptions(unscoped(use)).limit(1)).resolves.toEqual(expect.any(Array));
  await expect(messages().find({}).setOptions({ unscoped: 'somebody.elses' })).rejects.toBeInstanceOf(UnscopedQueryError);
  await expect(messages().find({}).setOptions({ unscoped: true })).rejects.toBeInstanceOf(UnscopedQueryError);
});

test('a document never changes its business', async () => {
  await database.db.events.insertMany([{ _id: 'evt_1', businessId: 'biz_1', type: 'test.happened', at: new Date(), expiresAt: new Date(Date.now() + 60_000) }]);
  await database.db.events.updateOne({ businessId: 'biz_1', _id: 'evt_1' }, { $set: { businessId: 'biz_2' } }).catch(() => undefined);
  expect(await database.db.events.exists({ businessId: 'biz_1', _id: 'evt_1' })).not.toBeNull();
});

test('every collection is guarded, but for those that belong to nobody', async () => {
  const open: string[] = [];
  for (const model of modelsOf(database.db)) {
    const isGuarded = await model
      .find({})
      .limit(1)
      .then(
        () => false,
        (thrown) => thrown instanceof UnscopedQueryError,
      );
    if (!isGuarded) open.push(model.collection.name);
  }
  expect(open.sort()).toEqual([...INSTALLATION_COLLECTIONS].sort());
});

describe('a filter from outside', () => {
  test('cannot bring operators along', async () => {
    await database.db.events.insertMany([
      { _id: 'evt_2', businessId: 'biz_3', type: 'test.happened', at: new Date(), expiresAt: new Date(Date.now() + 60_000) },
    ]);
    const hostile = JSON.parse('{"$ne":null}') as string;
    await expect(database.db.events.find({ businessId: 'biz_3', _id: hostile })).rejects.toThrow(/Cast to string failed|\$eq/);
    await expect(database.db.events.find({ businessId: hostile })).rejects.toBeInstanceOf(UnscopedQueryError);
    await expect(database.db.events.find({ businessId: 'biz_3', $where: 'true' } as never)).rejects.toThrow(/not allowed/);
  });

  test('cannot ask for, or store, what no schema declares', async () => {
    await expect(database.db.events.find({ businessId: 'biz_3', password: 'x' } as never)).rejects.toThrow(/strictQuery|not in schema/i);
    await expect(database.db.events.updateOne({ businessId: 'biz_3', _id: 'evt_2' }, { $set: { password: 'x' } } as never)).rejects.toThrow(/not in schema/i);
  });
});
