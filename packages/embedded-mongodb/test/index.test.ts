import fc from 'fast-check';
import type { mongo } from 'mongoose';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Collection, codeOf, errorOf, serverWithClient } from './helpers.ts';

let db: mongo.Db;
let counter = 0;

beforeAll(async () => {
  ({ db } = await serverWithClient());
});

function fresh(): Collection {
  counter += 1;
  return db.collection(`index${counter}`);
}

async function stages(collection: Collection, filter: object, sort: object = {}): Promise<string> {
  const plan = await collection
    .find(filter)
    .sort(sort as never)
    .explain();
  return (
    JSON.stringify(plan.queryPlanner.winningPlan)
      .match(/SORT|IXSCAN|COLLSCAN/g)
      ?.join(' ') ?? ''
  );
}

describe('unique indexes', () => {
  test('E11000 carries the pattern, the value and the text', async () => {
    const collection = fresh();
    await collection.createIndex({ 'a.b': 1, c: -1 }, { unique: true });
    await collection.insertOne({ a: [{ b: 1 }, { b: 2 }], c: 'x' });
    const error = await errorOf(collection.insertOne({ a: { b: 2 }, c: 'x' }));
    expect(error.code).toBe(11000);
    expect(error.keyPattern).toEqual({ 'a.b': 1, c: -1 });
    expect(error.keyValue).toEqual({ 'a.b': 2, c: 'x' });
    expect(error.message).toContain(
      `E11000 duplicate key error collection: test.${collection.collectionName} index: a.b_1_c_-1 dup key: { a.b: 2, c: "x" }`,
    );
  });

  test('by update, upsert and findAndModify; nothing changes when refused', async () => {
    const collection = fresh();
    await collection.createIndex({ k: 1 }, { unique: true });
    await collection.insertMany([{ k: 1 }, { k: 2 }]);
    expect(await codeOf(collection.updateOne({ k: 2 }, { $set: { k: 1, z: 1 } }))).toBe(11000);
    expect(await codeOf(collection.findOneAndUpdate({ k: 2 }, { $set: { k: 1 } }))).toBe(11000);
    expect(await codeOf(collection.updateOne({ q: 1 }, { $set: { k: 1 } }, { upsert: true }))).toBe(11000);
    expect(await collection.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ k: 1 }, { k: 2 }]);
  });

  test('sparse leaves missing out, plain counts it as null, partial counts only its own', async () => {
    const [plain, sparse, partial] = [fresh(), fresh(), fresh()];
    await plain.createIndex({ k: 1 }, { unique: true });
    await plain.insertOne({});
    expect(await codeOf(plain.insertOne({}))).toBe(11000);
    await sparse.createIndex({ k: 1 }, { unique: true, sparse: true });
    await sparse.insertMany([{}, {}]);
    await partial.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { state: 'open' } });
    await partial.insertMany([{ k: 1, state: 'open' }, { k: 1, state: 'done' }, { k: 1 }]);
    expect(await codeOf(partial.updateOne({ state: 'done' }, { $set: { state: 'open' } }))).toBe(11000);
  });

  test('upserts racing for one key make one document', async () => {
    const collection = fresh();
    await collection.createIndex({ k: 1 }, { unique: true });
    await Promise.all(
      Array.from({ length: 30 }, () => collection.updateOne({ k: 'one' }, { $inc: { n: 1 } }, { upsert: true })),
    );
    expect(await collection.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ k: 'one', n: 30 }]);
  });

  test('cannot be built over duplicates, nor over parallel arrays', async () => {
    const collection = fresh();
    await collection.insertMany([{ k: 1 }, { k: 1 }]);
    expect(await codeOf(collection.createIndex({ k: 1 }, { unique: true }))).toBe(11000);
    expect(await collection.indexes()).toHaveLength(1);
    await collection.createIndex({ x: 1, y: 1 });
    expect(await codeOf(collection.insertOne({ x: [1], y: [2] }))).toBe(171);
  });
});

describe('which index is used', () => {
  test('equality, range, $in, sort and partial', async () => {
    const collection = fresh();
    await collection.insertMany(
      Array.from({ length: 50 }, (_, n) => ({ state: n % 2 ? 'due' : 'done', nextAt: new Date(n), n })),
    );
    await collection.createIndex({ state: 1, nextAt: 1 });
    await collection.createIndex({ n: -1 }, { partialFilterExpression: { state: 'due' } });
    expect(await stages(collection, { state: 'due', nextAt: { $lte: new Date(9) } }, { nextAt: 1 })).toBe('IXSCAN');
    expect(await stages(collection, { state: { $in: ['due', 'x'] } })).toBe('IXSCAN');
    expect(await stages(collection, {}, { state: -1, nextAt: -1 })).toBe('IXSCAN');
    expect(await stages(collection, {}, { state: -1, nextAt: 1 })).toBe('SORT COLLSCAN');
    expect(await stages(collection, { n: 5 })).toBe('COLLSCAN');
    expect(await stages(collection, { n: 5, state: 'due' })).toBe('IXSCAN');
    expect(await stages(collection, { n: { $gt: 5 }, state: 'due' })).toBe('IXSCAN');
    const first = await collection.find({ state: 'due' }).sort({ nextAt: -1 }).limit(2).toArray();
    expect(first.map(({ n }) => n)).toEqual([49, 47]);
    expect(await codeOf(collection.find({}).hint('nope').toArray())).toBe(2);
  });

  test('definitions are listed, repeated quietly, and clash with their codes', async () => {
    const collection = fresh();
    expect(await collection.createIndex({ a: 1 }, { unique: true })).toBe('a_1');
    expect(await collection.createIndex({ a: 1 }, { unique: true })).toBe('a_1');
    expect(await codeOf(collection.createIndex({ a: 1 }))).toBe(86);
    expect(await codeOf(collection.createIndex({ a: 1 }, { name: 'other', unique: true }))).toBe(85);
    expect(await codeOf(collection.createIndex({ a: 'text' }))).toBe(67);
    expect(await codeOf(collection.createIndex({ b: 1 }, { wildcardProjection: { c: 1 } }))).toBe(197);
    expect(await collection.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1 }, name: 'a_1', unique: true },
    ]);
    await collection.dropIndex('a_1');
    expect(await codeOf(collection.dropIndex('a_1'))).toBe(27);
    expect(await codeOf(collection.dropIndex('_id_'))).toBe(72);
  });
});

const scalar = fc.oneof(
  fc.integer({ min: -2, max: 4 }),
  fc.constantFrom(null, 'a', 'b', 1.5, true),
  fc.constant(undefined),
);
const value = fc.oneof(
  scalar,
  fc.array(
    scalar.filter((v) => v !== undefined),
    { maxLength: 3 },
  ),
  fc.record({ c: scalar }),
  fc.array(fc.record({ c: scalar }), { maxLength: 2 }),
);
const documents = fc.array(fc.record({ a: value, b: scalar }), { maxLength: 12 });
const operand = scalar.filter((v) => v !== undefined);
const condition = fc.oneof(
  operand,
  fc.record({ $gt: operand }),
  fc.record({ $gte: operand, $lt: operand }),
  fc.record({ $lte: operand }),
  fc.record({ $in: fc.array(operand, { maxLength: 3 }) }),
  fc.record({ $ne: operand }),
  fc.record({ $exists: fc.boolean() }),
);
const filter = fc.dictionary(fc.constantFrom('a', 'b', 'a.c', 'a.0'), condition, { maxKeys: 3 });
const sorts = fc.constantFrom({}, { a: 1 }, { a: -1 }, { b: 1, a: 1 }, { b: -1 }, { b: -1, a: -1 });
const INDEXES: mongo.IndexSpecification[] = [{ a: 1 }, { b: 1, a: 1 }, { 'a.c': -1, b: 1 }, { b: -1 }];

async function answers(collection: Collection, query: object, sort: object, hint: object): Promise<unknown[]> {
  const found = await collection
    .find(query)
    .sort({ ...sort, _id: 1 } as never)
    .hint(hint as never)
    .toArray();
  return found.map(({ _id }) => _id);
}

describe('an index never changes an answer', () => {
  test('for random documents, filters and orders', async () => {
    let narrowed = 0;
    await fc.assert(
      fc.asyncProperty(documents, filter, sorts, async (items, query, sort) => {
        const collection = fresh();
        await collection.createIndexes(INDEXES.map((key) => ({ key: key as Record<string, 1 | -1> })));
        if (items.length > 0)
          await collection.insertMany(
            items.map((item, n) => ({ _id: n as never, ...item })),
            { ignoreUndefined: true },
          );
        const full = await answers(collection, query, sort, { $natural: 1 });
        for (const key of INDEXES) expect(await answers(collection, query, sort, key as object)).toEqual(full);
        expect((await collection.find(query).toArray()).map(({ _id }) => Number(_id)).sort()).toEqual(
          [...full].map(Number).sort(),
        );
        if ((await stages(collection, query)).includes('IXSCAN')) narrowed += 1;
        await collection.drop();
      }),
      { numRuns: 120 },
    );
    expect(narrowed).toBeGreaterThan(30);
  });

  test('control: a partial index, forced on a filter it does not cover, does', async () => {
    const collection = fresh();
    await collection.createIndex({ a: 1 }, { partialFilterExpression: { b: 1 } });
    await collection.insertMany([
      { a: 1, b: 1 },
      { a: 1, b: 2 },
    ]);
    const natural = await answers(collection, { a: 1 }, {}, { $natural: 1 });
    const forced = await answers(collection, { a: 1 }, {}, { a: 1 });
    expect([natural.length, forced.length]).toEqual([2, 1]);
  });

  test('after updates and deletes the index still holds exactly what is there', async () => {
    const collection = fresh();
    await collection.createIndex({ a: 1 });
    await collection.insertMany(Array.from({ length: 600 }, (_, n) => ({ _id: n as never, a: [n % 7, n % 11] })));
    await collection.updateMany({ a: 3 }, { $set: { a: 100 } });
    await collection.deleteMany({ a: { $gte: 9, $lt: 50 } });
    for (const query of [{ a: 3 }, { a: 100 }, { a: { $gt: 5 } }, { a: 10 }]) {
      expect(await answers(collection, query, {}, { a: 1 })).toEqual(
        await answers(collection, query, {}, { $natural: 1 }),
      );
    }
  });
});

test('a partial index refuses conditions that its use could not prove', async () => {
  for (const partialFilterExpression of [
    { a: { $ne: 1 } },
    { a: { $exists: false } },
    { $nor: [{ a: 1 }] },
    { a: { $not: { $gt: 1 } } },
  ]) {
    expect(await codeOf(fresh().createIndex({ a: 1 }, { partialFilterExpression }))).toBe(67);
  }
});
