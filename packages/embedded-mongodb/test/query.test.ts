import { beforeAll, describe, expect, test } from 'vitest';
import {
  Binary,
  BSONRegExp,
  type Collection,
  codeOf,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serverWithClient,
} from './helpers.ts';

let collection: Collection;
let counter = 0;

beforeAll(async () => {
  const { db } = await serverWithClient();
  collection = db.collection('query');
});

/** The names of the documents (by position) that a filter selects. */
async function matches(documents: object[], filter: object): Promise<number[]> {
  counter += 1;
  const batch = counter;
  await collection.insertMany(documents.map((document, index) => ({ ...document, batch, index })));
  const found = await collection
    .find({ $and: [{ batch }, filter] })
    .sort({ index: 1 })
    .toArray();
  return found.map((item) => Number(item.index));
}

const id = new ObjectId();

const CASES: [string, object[], object, number[]][] = [
  ['null matches missing', [{ a: null }, {}, { a: 1 }, { a: [] }, { a: [null] }], { a: null }, [0, 1, 4]],
  ['null below an array', [{ a: [{ b: 1 }, {}] }, { a: [] }, { a: 5 }, { a: [1] }], { 'a.b': null }, [0, 2]],
  ['$gte null', [{ a: null }, {}, { a: 1 }], { a: { $gte: null } }, [0, 1]],
  ['$ne null', [{ a: null }, {}, { a: 1 }], { a: { $ne: null } }, [2]],
  [
    'numbers of all types',
    [
      { a: new Int32(1) },
      { a: new Double(1) },
      { a: Long.fromNumber(1) },
      { a: Decimal128.fromString('1.00') },
      { a: '1' },
    ],
    { a: 1 },
    [0, 1, 2, 3],
  ],
  [
    'decimal against number',
    [{ a: Decimal128.fromString('5.1') }, { a: Decimal128.fromString('4.9') }, { a: 10 }],
    { a: { $gt: 5 } },
    [0, 2],
  ],
  [
    'long beyond doubles',
    [{ a: Long.fromString('9007199254740993') }, { a: 9007199254740992 }],
    { a: Long.fromString('9007199254740993') },
    [0],
  ],
  ['type bracketing', [{ a: 'x' }, { a: 3 }, { a: new Date(5) }, { a: true }], { a: { $gt: 1 } }, [1]],
  ['MinKey compares all', [{ a: 'x' }, { a: new MinKey() }], { a: { $gt: new MinKey() } }, [0]],
  [
    'binary by bytes',
    [{ a: new Binary(Buffer.from([0xff])) }, { a: new Binary(Buffer.from([0xfe])) }],
    { a: new Binary(Buffer.from([0xff])) },
    [0],
  ],
  ['key order counts', [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }], { a: { x: 1, y: 2 } }, [0]],
  ['array as a whole or element', [{ a: [1, 2] }, { a: [[1, 2]] }, { a: [2, 1] }], { a: [1, 2] }, [0, 1]],
  ['array order', [{ a: [1, 3] }, { a: [1] }, { a: 5 }], { a: { $gt: [1, 2] } }, [0]],
  ['range across elements', [{ a: [1, 9] }, { a: [4] }, { a: 1 }], { a: { $gt: 3, $lt: 6 } }, [0, 1]],
  ['$elemMatch on values', [{ a: [1, 9] }, { a: [4] }], { a: { $elemMatch: { $gt: 3, $lt: 6 } } }, [1]],
  [
    '$elemMatch on documents',
    [{ a: [{ x: 1, y: 2 }] }, { a: [{ x: 1 }, { y: 2 }] }],
    { a: { $elemMatch: { x: 1, y: 2 } } },
    [0],
  ],
  ['$all', [{ a: [1, 2, 3] }, { a: 1 }, { a: [1] }], { a: { $all: [1, 2] } }, [0]],
  ['$all on a scalar', [{ a: 1 }, { a: [2] }], { a: { $all: [1] } }, [0]],
  ['$size', [{ a: [1, 2] }, { a: [] }, { a: 1 }], { a: { $size: 2 } }, [0]],
  ['$mod of a fraction', [{ a: 7.5 }, { a: 8 }, { a: '7' }], { a: { $mod: [7, 0] } }, [0]],
  ['$exists', [{ a: null }, {}, { a: [] }], { a: { $exists: true } }, [0, 2]],
  ['$exists false below an array', [{ a: [{ b: 1 }, {}] }, { a: [{}] }], { 'a.b': { $exists: false } }, [1]],
  [
    '$type',
    [{ a: 1 }, { a: 1.5 }, { a: new Double(1) }, { a: Long.fromNumber(1) }, { a: ['x'] }],
    { a: { $type: ['double', 'string'] } },
    [1, 2, 4],
  ],
  ['$type number', [{ a: 1 }, { a: Decimal128.fromString('1') }, { a: 'x' }], { a: { $type: 'number' } }, [0, 1]],
  ['$in with null and regex', [{ a: 'abc' }, {}, { a: 'x' }, { a: [7] }], { a: { $in: [null, /^a/, 7] } }, [0, 1, 3]],
  ['$nin', [{ a: 1 }, { a: [1, 2] }, {}], { a: { $nin: [1] } }, [2]],
  ['$not', [{ a: 5 }, { a: 1 }, {}], { a: { $not: { $gt: 3 } } }, [1, 2]],
  ['$not over arrays', [{ a: [1, 9] }, { a: [1] }], { a: { $not: { $gt: 3, $lt: 10 } } }, [1]],
  ['$or $nor', [{ a: 1 }, { a: 2 }, { a: 3 }], { $or: [{ a: 1 }, { a: 3 }], $nor: [{ a: 3 }] }, [0]],
  [
    'regex with options',
    [{ a: 'ABC' }, { a: '部支' }, { a: 'x' }],
    { a: { $regex: '^abc|支', $options: 'i' } },
    [0, 1],
  ],
  ['inline regex flag', [{ a: 'ABC' }], { a: new BSONRegExp('(?i)abc', '') }, [0]],
  ['path with an index', [{ a: [5, 6] }, { a: [6, 5] }], { 'a.1': 5 }, [1]],
  ['ObjectId', [{ a: id }, { a: id.toHexString() }], { a: id }, [0]],
  ['$expr with missing and null', [{}, { a: null }, { a: 1 }], { $expr: { $eq: ['$a', null] } }, [1]],
  ['$expr across types', [{ a: 'x' }, { a: 1 }], { $expr: { $gt: ['$a', 5] } }, [0]],
  [
    '$expr of two fields',
    [
      { a: 1, b: 2 },
      { a: 3, b: 2 },
    ],
    { $expr: { $lt: ['$a', '$b'] } },
    [0],
  ],
  ['$expr with $$NOW', [{ a: new Date(0) }, { a: new Date(8e12) }], { $expr: { $lte: ['$a', '$$NOW'] } }, [0]],
  ['$comment', [{ a: 1 }], { a: 1, $comment: 'why' }, [0]],
  ['NaN', [{ a: Number.NaN }, { a: 1 }], { a: Number.NaN }, [0]],
];

describe('queries', () => {
  test.each(CASES)('%s', async (_name, documents, filter, expected) => {
    expect(await matches(documents, filter)).toEqual(expected);
  });

  test('sort puts types in their order', async () => {
    const values = [
      new MaxKey(),
      'b',
      3,
      null,
      new Date(1),
      true,
      id,
      new Binary(Buffer.from('x')),
      { a: 1 },
      new MinKey(),
      2.5,
    ];
    await collection.insertMany(values.map((v) => ({ kind: 'order', v })));
    const found = await collection.find({ kind: 'order' }).sort({ v: 1 }).toArray();
    const types = found.map(({ v }) => (v === null ? 'null' : (v._bsontype ?? v.constructor.name)));
    expect(types).toEqual([
      'MinKey',
      'null',
      'Number',
      'Number',
      'String',
      'Object',
      'Binary',
      'ObjectId',
      'Boolean',
      'Date',
      'MaxKey',
    ]);
  });

  test('sort takes the least element ascending and the greatest descending', async () => {
    await collection.insertMany([
      { kind: 'ends', n: 0, v: [3, 9] },
      { kind: 'ends', n: 1, v: 5 },
      { kind: 'ends', n: 2, v: [] },
      { kind: 'ends', n: 3 },
    ]);
    const up = await collection.find({ kind: 'ends' }).sort({ v: 1 }).toArray();
    const down = await collection.find({ kind: 'ends' }).sort({ v: -1 }).toArray();
    expect(up.map(({ n }) => n)).toEqual([2, 3, 0, 1]);
    expect(down.map(({ n }) => n)).toEqual([0, 1, 3, 2]);
  });

  test('text sorts by UTF-8 bytes', async () => {
    await collection.insertMany(['\u{1F600}', '\uFFEE', 'z', '中'].map((v) => ({ kind: 'utf8', v })));
    const found = await collection.find({ kind: 'utf8' }).sort({ v: 1 }).toArray();
    expect(found.map(({ v }) => v)).toEqual(['z', '中', '\uFFEE', '\u{1F600}']);
  });

  test.each([
    [{ a: { $foo: 1 } }, 2],
    [{ $foo: 1 }, 2],
    [{ $where: '1' }, 2],
    [{ $expr: { $function: {} } }, 168],
    [{ $expr: { $eq: ['$$nope', 1] } }, 17276],
    [{ a: { $in: 1 } }, 2],
    [{ $or: [] }, 2],
    [{ a: { $regex: '(' } }, 51091],
    [{ a: { $not: 1 } }, 2],
  ])('refuses %j with %i', async (filter, code) => {
    expect(await codeOf(collection.find(filter).toArray())).toBe(code);
  });
});

describe('projection and cursors', () => {
  test('stored order, exclusion, slices and expressions', async () => {
    await collection.insertOne({ _id: 'p' as never, b: 1, a: [{ x: 1, y: 2 }, { x: 3 }], c: { d: 1, e: 2 } });
    const project = async (projection: object) => collection.findOne({ _id: 'p' as never }, { projection });
    expect(JSON.stringify(await project({ a: 1, b: 1 }))).toBe('{"_id":"p","b":1,"a":[{"x":1,"y":2},{"x":3}]}');
    expect(await project({ _id: 0, 'a.x': 1 })).toEqual({ a: [{ x: 1 }, { x: 3 }] });
    expect(await project({ a: 0, 'c.d': 0 })).toEqual({ _id: 'p', b: 1, c: { e: 2 } });
    expect(await project({ a: { $slice: -1 }, c: 0 })).toEqual({ _id: 'p', b: 1, a: [{ x: 3 }] });
    expect(await project({ _id: 0, a: { $elemMatch: { x: 3 } } })).toEqual({ a: [{ x: 3 }] });
    expect(await project({ _id: 0, sum: { $add: ['$b', '$c.e'] } })).toEqual({ sum: 3 });
    expect(await codeOf(project({ a: 1, b: 0 }))).toBe(31254);
  });

  test('getMore, skip, limit and a killed cursor', async () => {
    await collection.insertMany(Array.from({ length: 1000 }, (_, n) => ({ kind: 'many', n })));
    const all = await collection.find({ kind: 'many' }).batchSize(7).toArray();
    expect(all.map(({ n }) => n)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
    const page = await collection.find({ kind: 'many' }).sort({ n: -1 }).skip(10).limit(3).toArray();
    expect(page.map(({ n }) => n)).toEqual([989, 988, 987]);
    const cursor = collection.find({ kind: 'many' }).batchSize(2);
    await cursor.next();
    await cursor.close();
    expect(await collection.countDocuments({ kind: 'many' })).toBe(1000);
    expect(await collection.distinct('n', { kind: 'many', n: { $lt: 3 } })).toEqual([0, 1, 2]);
    expect(await codeOf(collection.db.command({ getMore: Long.fromNumber(77), collection: 'query' }))).toBe(43);
  });
});
