import { beforeAll, describe, expect, test } from 'vitest';
import { type Collection, codeOf, Decimal128, Double, errorOf, Long, serverWithClient } from './helpers.ts';

let collection: Collection;

beforeAll(async () => {
  const { db } = await serverWithClient();
  collection = db.collection('update');
});

async function updated(before: object, update: object, options: object = {}, filter: object = {}): Promise<unknown> {
  const { insertedId } = await collection.insertOne({ ...before });
  await collection.updateOne({ _id: insertedId, ...filter }, update as never, options);
  const found = await collection.findOne({ _id: insertedId }, { projection: { _id: 0 } });
  return found;
}

const CASES: [string, object, object, object, object?, object?][] = [
  ['$set of a path', { a: { b: 1 } }, { $set: { 'a.c': 2, 'd.e': 3 } }, { a: { b: 1, c: 2 }, d: { e: 3 } }],
  ['$set pads an array', { a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
  ['$unset', { a: 1, b: [1, 2] }, { $unset: { a: 1, 'b.0': 1 } }, { b: [null, 2] }],
  ['$inc $mul', { a: 1, b: 2 }, { $inc: { a: 2, c: 5 }, $mul: { b: 3, d: 2 } }, { a: 3, b: 6, c: 5, d: 0 }],
  ['$min $max', { a: 5, b: 5 }, { $min: { a: 3 }, $max: { b: 3 } }, { a: 3, b: 5 }],
  ['$rename', { a: 1 }, { $rename: { a: 'z.y' } }, { z: { y: 1 } }],
  ['$push', { a: [1] }, { $push: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
  ['$push with modifiers', { a: [3, 1] }, { $push: { a: { $each: [2, 9], $sort: 1, $slice: -3 } } }, { a: [2, 3, 9] }],
  ['$push at a position', { a: [1, 4] }, { $push: { a: { $each: [2, 3], $position: 1 } } }, { a: [1, 2, 3, 4] }],
  [
    '$push sorts documents',
    { a: [{ n: 2 }] },
    { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } },
    { a: [{ n: 1 }, { n: 2 }] },
  ],
  [
    '$pull by value and query',
    { a: [1, 2, 3], b: [{ x: 1 }, { x: 2, y: 1 }] },
    { $pull: { a: { $gte: 2 }, b: { x: 2 } } },
    { a: [1], b: [{ x: 1 }] },
  ],
  ['$pullAll $pop', { a: [1, 2, 1], b: [1, 2] }, { $pullAll: { a: [1] }, $pop: { b: -1 } }, { a: [2], b: [2] }],
  [
    '$addToSet',
    { a: [{ x: 1, y: 2 }] },
    {
      $addToSet: {
        a: {
          $each: [
            { y: 2, x: 1 },
            { x: 1, y: 2 },
          ],
        },
      },
    },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  [
    'positional',
    { a: [{ k: 1 }, { k: 2 }] },
    { $set: { 'a.$.v': 9 } },
    { a: [{ k: 1 }, { k: 2, v: 9 }] },
    {},
    { 'a.k': 2 },
  ],
  [
    'positional by $elemMatch',
    { a: [1, 5, 9] },
    { $set: { 'a.$': 0 } },
    { a: [1, 0, 9] },
    {},
    { a: { $elemMatch: { $gt: 4 } } },
  ],
  ['all elements', { a: [{ n: 1 }, { n: 2 }] }, { $inc: { 'a.$[].n': 1 } }, { a: [{ n: 2 }, { n: 3 }] }],
  [
    'array filters',
    {
      a: [
        { n: 1, l: [1, 8] },
        { n: 2, l: [9] },
      ],
    },
    { $set: { 'a.$[x].l.$[y]': 0 } },
    {
      a: [
        { n: 1, l: [1, 8] },
        { n: 2, l: [0] },
      ],
    },
    { arrayFilters: [{ 'x.n': 2 }, { y: { $gt: 5 } }] },
  ],
  ['pipeline', { a: 1 }, [{ $set: { b: { $add: ['$a', 1] } } }, { $unset: 'a' }] as never, { b: 2 }],
  [
    'pipeline replaces',
    { a: { x: 1 } },
    [{ $replaceWith: { $mergeObjects: ['$a', { y: 2 }] } }] as never,
    { x: 1, y: 2 },
  ],
  [
    'pipeline keeps what $set does not name',
    { a: [{ b: 1 }] },
    [{ $set: { 'a.c': 1 } }] as never,
    { a: [{ b: 1, c: 1 }] },
  ],
];

describe('updates', () => {
  test.each(CASES)('%s', async (_name, before, update, after, options, filter) => {
    expect(await updated(before, update, options, filter)).toEqual(after);
  });

  test('number types are kept and widened', async () => {
    const { insertedId } = await collection.insertOne({
      i: 2147483647,
      l: Long.fromNumber(1),
      d: new Double(1),
      m: Decimal128.fromString('0.10'),
    });
    await collection.updateOne({ _id: insertedId }, { $inc: { i: 1, l: 1, d: 1, m: Decimal128.fromString('0.2') } });
    const found = await collection.findOne({ _id: insertedId }, { promoteValues: false });
    expect(found?.i).toBeInstanceOf(Long);
    expect(found?.l).toBeInstanceOf(Long);
    expect(found?.d).toBeInstanceOf(Double);
    expect(String(found?.m)).toBe('0.30');
  });

  test('an update that changes nothing is not a modification', async () => {
    const { insertedId } = await collection.insertOne({ a: 1 });
    const result = await collection.updateOne({ _id: insertedId }, { $set: { a: 1 } });
    expect([result.matchedCount, result.modifiedCount]).toEqual([1, 0]);
  });

  test('upserts seed from equalities', async () => {
    const result = await collection.updateOne(
      { kind: 'seed', 'p.q': 1, n: { $gt: 3 }, $and: [{ z: { $eq: 2 } }] },
      { $set: { v: 1 }, $setOnInsert: { w: 2 } },
      { upsert: true },
    );
    expect(result.upsertedCount).toBe(1);
    expect(await collection.findOne({ kind: 'seed' }, { projection: { _id: 0 } })).toEqual({
      kind: 'seed',
      p: { q: 1 },
      z: 2,
      v: 1,
      w: 2,
    });
  });

  test.each([
    ['$expr in an upsert', { $expr: { $eq: ['$a', 987_654] } }, { $set: { a: 1 } }, 224],
    ['unknown operator', {}, { $foo: { a: 1 } }, 9],
    ['conflict', {}, { $set: { a: 1 }, $inc: { 'a.b': 1 } }, 40],
    ['$inc of text', { t: 'x' }, { $inc: { t: 1 } }, 14],
    ['$push to a scalar', { t: 'x' }, { $push: { t: 1 } }, 2],
    ['through a scalar', { t: 'x' }, { $set: { 't.u': 1 } }, 28],
    ['_id is immutable', { t: 'x' }, { $set: { _id: 1 } }, 66],
    ['positional without a match', { t: 'x' }, { $set: { 'q.$': 1 } }, 2],
    ['empty path', {}, { $set: { 'a..b': 1 } }, 56],
    ['__proto__', { t: 'x' }, { $set: { '__proto__.a': 1 } }, 2],
  ])('refuses %s', async (_name, filter, update, code) => {
    await collection.insertOne({ t: 'x' });
    expect(await codeOf(collection.updateOne(filter, update as never, { upsert: true }))).toBe(code);
  });
});

describe('findAndModify', () => {
  test('forty claimers never share a job', async () => {
    await collection.insertMany(
      Array.from({ length: 29 }, (_, n) => ({ kind: 'job', nextAt: new Date(n), state: 'due' })),
    );
    const claim = () =>
      collection.findOneAndUpdate({ kind: 'job', state: 'due' }, { $set: { state: 'taken' } }, { sort: { nextAt: 1 } });
    const claims = (await Promise.all(Array.from({ length: 40 }, claim))).filter((job) => job !== null);
    expect(claims).toHaveLength(29);
    expect(new Set(claims.map((job) => String(job._id))).size).toBe(29);
  });

  test('a lease by pipeline update has one holder, timed by $$NOW', async () => {
    const acquire = (owner: number) =>
      collection.findOneAndUpdate(
        {
          _id: 'lane' as never,
          $expr: { $or: [{ $lte: ['$until', '$$NOW'] }, { $eq: [{ $type: '$until' }, 'missing'] }] },
        },
        [{ $set: { owner, until: { $add: ['$$NOW', 60_000] }, token: { $add: [{ $ifNull: ['$token', 0] }, 1] } } }],
        { returnDocument: 'after' },
      );
    await collection.insertOne({ _id: 'lane' as never });
    const before = Date.now();
    const got = (await Promise.all(Array.from({ length: 40 }, (_, n) => acquire(n)))).filter((lease) => lease !== null);
    expect(got).toHaveLength(1);
    expect(got[0]?.token).toBe(1);
    expect(got[0]?.until.getTime() - 60_000 - before).toBeLessThan(2000);
  });

  test('upsert, remove, fields and new', async () => {
    const made = await collection.findOneAndUpdate(
      { _id: 'fam' as never },
      { $set: { a: 1, b: 2 } },
      { upsert: true, returnDocument: 'after', projection: { a: 1 } },
    );
    expect(made).toEqual({ _id: 'fam', a: 1 });
    expect(await collection.findOneAndReplace({ _id: 'fam' as never }, { c: 3 })).toEqual({ _id: 'fam', a: 1, b: 2 });
    expect(await collection.findOneAndDelete({ _id: 'fam' as never })).toEqual({ _id: 'fam', c: 3 });
    expect(await collection.findOneAndDelete({ _id: 'fam' as never })).toBeNull();
  });
});

describe('bulk writes', () => {
  test('unordered inserts report each failure and do the rest', async () => {
    const documents = [1, 2, 2, 3, 1].map((_id) => ({ _id: `bulk${_id}` as never }));
    const error = await errorOf(collection.insertMany(documents, { ordered: false }));
    expect(error.writeErrors?.map(({ index, code }) => [index, code])).toEqual([
      [2, 11000],
      [4, 11000],
    ]);
    expect(await collection.countDocuments({ _id: /^bulk/ as never })).toBe(3);
  });

  test('ordered inserts stop at the first failure', async () => {
    const documents = [1, 1, 2].map((_id) => ({ _id: `stop${_id}` as never }));
    const error = await errorOf(collection.insertMany(documents));
    expect(error.code).toBe(11000);
    expect(await collection.countDocuments({ _id: /^stop/ as never })).toBe(1);
  });

  test('bulkWrite mixes kinds', async () => {
    const result = await collection.bulkWrite([
      { insertOne: { document: { kind: 'mix', n: 1 } } },
      { updateOne: { filter: { kind: 'mix', n: 2 }, update: { $set: { m: 1 } }, upsert: true } },
      { updateMany: { filter: { kind: 'mix' }, update: { $inc: { n: 10 } } } },
      { replaceOne: { filter: { kind: 'mix', n: 12 }, replacement: { kind: 'mix', n: 0 } } },
      { deleteOne: { filter: { kind: 'mix', n: 11 } } },
    ]);
    expect([result.insertedCount, result.upsertedCount, result.modifiedCount, result.deletedCount]).toEqual([
      1, 1, 3, 1,
    ]);
    expect(await collection.find({ kind: 'mix' }).project({ _id: 0 }).toArray()).toEqual([{ kind: 'mix', n: 0 }]);
  });
});
