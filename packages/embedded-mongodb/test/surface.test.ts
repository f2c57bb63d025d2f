import { readFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import type { mongo } from 'mongoose';
import { beforeAll, describe, expect, test } from 'vitest';
import { decode } from '../src/bson/decode.ts';
import { surface } from '../src/surface.ts';
import {
  Binary,
  BSON,
  BSONRegExp,
  type Collection,
  codeOf,
  connect,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  MongoClient,
  ObjectId,
  serverWithClient,
  Timestamp,
} from './helpers.ts';

let client: mongo.MongoClient;
let db: mongo.Db;
let collection: Collection;
let port = 0;
let now = Date.UTC(2026, 10, 24);
let sweep: () => Promise<void>;

beforeAll(async () => {
  const started = await serverWithClient({ port: 0, clock: () => now });
  ({ client, db } = started);
  sweep = () => started.server.sweep();
  port = Number(new URL(started.server.uri.replace('mongodb:', 'http:')).port);
  collection = db.collection('surface');
});

describe('refusals', () => {
  test.each([
    ['an unknown command', { nope: 1 }, 59],
    ['an unknown field', { find: 'surface', nope: 1 }, 40415],
    ['an unknown statement field', { update: 'surface', updates: [{ q: {}, u: {}, nope: 1 }] }, 40415],
    ['an unknown stage', { aggregate: 'surface', pipeline: [{ $lookup: {} }], cursor: {} }, 40324],
    [
      'an unknown accumulator',
      { aggregate: 'surface', pipeline: [{ $group: { _id: 1, a: { $nope: 1 } } }], cursor: {} },
      15952,
    ],
    ['an unknown expression', { aggregate: 'surface', pipeline: [{ $project: { a: { $nope: 1 } } }], cursor: {} }, 168],
    ['aggregate without a cursor', { aggregate: 'surface', pipeline: [] }, 9],
    ['a faulty filter on a collection that is not there', { find: 'absent', filter: { a: { $nope: 1 } } }, 2],
    [
      'a faulty pipeline on a collection that is not there',
      { aggregate: 'absent', pipeline: [{ $match: { $nope: 1 } }], cursor: {} },
      2,
    ],
    ['capped collections', { create: 'capped', capped: true, size: 1000 }, 40415],
    ['a collation', { find: 'surface', collation: { locale: 'zh' } }, 238],
    ['w above one', { insert: 'surface', documents: [{ a: 1 }], writeConcern: { w: 2 } }, 2],
    ['snapshot reads', { find: 'surface', readConcern: { level: 'snapshot' } }, 123],
    ['tailable cursors', { find: 'surface', tailable: true }, 2],
    ['a database name with a space', { ping: 1, $db: 'a b' }, 73],
  ])('%s', async (_name, command, code) => {
    const target = '$db' in command ? client.db('a b') : db;
    const { $db: _ignored, ...rest } = command as { $db?: string };
    expect(await codeOf(target.command(rest))).toBe(code);
  });

  test('transactions, exactly as a standalone does', async () => {
    await collection.insertOne({ before: 1 });
    const session = client.startSession();
    session.startTransaction();
    await expect(collection.insertOne({ inside: 1 }, { session })).rejects.toThrow(/retryable writes/);
    const command = { insert: 'surface', documents: [{ inside: 1 }], txnNumber: Long.fromNumber(1) };
    expect(await codeOf(db.command({ ...command, startTransaction: true, autocommit: false }))).toBe(20);
    expect(await codeOf(db.command(command))).toBe(20);
    await session.endSession();
    expect(await collection.countDocuments({ inside: 1 })).toBe(0);
  });

  test('documents over 16 MB, __proto__, deep nesting, bad text', async () => {
    const half = 'x'.repeat(9_000_000);
    const { insertedId } = await collection.insertOne({ half });
    expect(await codeOf(collection.updateOne({ _id: insertedId }, { $set: { other: half } }))).toBe(10334);
    await collection.deleteOne({ _id: insertedId });
    expect(await codeOf(collection.insertOne(JSON.parse('{"__proto__": {"x": 1}}')))).toBe(2);
    let deep: object = {};
    for (let i = 0; i < 230; i += 1) deep = { d: deep };
    expect(await codeOf(collection.insertOne(deep))).toBe(15);
    expect(() => decode(Buffer.from([14, 0, 0, 0, 2, 0x61, 0, 2, 0, 0, 0, 0xff, 0, 0]))).toThrow('UTF-8');
    expect(() => decode(Buffer.from([14, 0, 0, 0, 2, 0x61, 0, 9, 0, 0, 0, 0x61, 0, 0]))).toThrow('BSON');
  });

  test('a broken message ends its connection and no other', async () => {
    for (const garbage of [
      Buffer.alloc(64),
      Buffer.from([255, 255, 255, 127, 1, 1, 1, 1]),
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    ]) {
      const socket = connectSocket(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(garbage);
      await new Promise((resolve) => socket.once('close', resolve).resume());
    }
    expect(await db.command({ ping: 1 })).toEqual({ ok: 1 });
  });
});

describe('values', () => {
  test('every type comes back as the bytes that went in', async () => {
    const document = {
      _id: new ObjectId(),
      double: new Double(1),
      fraction: 1.5,
      int: new Int32(-7),
      long: Long.fromString('-9007199254740993'),
      decimal: Decimal128.fromString('1.10'),
      minusZero: new Double(-0),
      nan: Number.NaN,
      text: '支部🙂',
      date: new Date(-1),
      none: null,
      yes: true,
      bytes: new Binary(Buffer.from([0, 255]), 0x80),
      pattern: new BSONRegExp('^a', 'i'),
      stamp: new Timestamp({ t: 7, i: 8 }),
      low: new MinKey(),
      high: new MaxKey(),
      list: [1, [2, { '2': 'b', '1': 'a' }]],
      empty: {},
      '': 'no name',
    };
    await collection.insertOne(document);
    const raw = async () => (await collection.findOne({ _id: document._id }, { raw: true })) as unknown as Uint8Array;
    const before = Buffer.from(await raw());
    await collection.updateOne({ _id: document._id }, { $set: { extra: 1 } });
    await collection.updateOne({ _id: document._id }, { $unset: { extra: 1 } });
    expect(Buffer.from(await raw()).equals(before)).toBe(true);
    const found = await collection.findOne({ _id: document._id }, { promoteValues: false, bsonRegExp: true });
    expect(found?.double).toBeInstanceOf(Double);
    expect(found?.int).toBeInstanceOf(Int32);
    expect(String(found?.long)).toBe('-9007199254740993');
  });

  test('keys that look like numbers keep their order', async () => {
    const types = db.collection('order');
    await types.insertOne(
      new Map<string, unknown>([
        ['_id', 1],
        ['b', 1],
        ['2', 1],
        ['1', 1],
      ]) as never,
    );
    await types.updateOne({ _id: 1 as never }, { $set: { z: 1 } });
    const raw = (await types.findOne({ _id: 1 as never }, { raw: true })) as unknown as Uint8Array;
    const expected = BSON.serialize(
      new Map([
        ['_id', 1],
        ['b', 1],
        ['2', 1],
        ['1', 1],
        ['z', 1],
      ]),
    );
    expect(Buffer.from(raw).equals(expected)).toBe(true);
  });
});

describe('aggregation', () => {
  test('the accepted stages', async () => {
    const sales = db.collection('sales');
    await sales.insertMany([
      { u: 'a', n: 1, t: ['x', 'y'] },
      { u: 'b', n: 5, t: [] },
      { u: 'a', n: 3, t: ['x'] },
      { u: null, n: 2 },
    ]);
    const run = (pipeline: object[]) => sales.aggregate(pipeline).toArray();
    expect(
      await run([
        { $match: { n: { $gt: 1 } } },
        { $group: { _id: '$u', sum: { $sum: '$n' }, avg: { $avg: '$n' }, max: { $max: '$n' } } },
        { $sort: { sum: -1 } },
      ]),
    ).toEqual([
      { _id: 'b', sum: 5, avg: 5, max: 5 },
      { _id: 'a', sum: 3, avg: 3, max: 3 },
      { _id: null, sum: 2, avg: 2, max: 2 },
    ]);
    expect(await run([{ $unwind: '$t' }, { $sortByCount: '$t' }])).toEqual([
      { _id: 'x', count: 2 },
      { _id: 'y', count: 1 },
    ]);
    expect(
      await run([
        { $sort: { n: 1 } },
        { $skip: 1 },
        { $limit: 2 },
        { $project: { _id: 0, n: 1, big: { $gte: ['$n', 3] } } },
      ]),
    ).toEqual([
      { n: 2, big: false },
      { n: 3, big: true },
    ]);
    expect(await run([{ $match: { u: 'a' } }, { $count: 'n' }])).toEqual([{ n: 2 }]);
    expect(
      await run([
        { $sort: { n: 1 } },
        {
          $group: {
            _id: null,
            first: { $first: '$u' },
            last: { $last: '$n' },
            all: { $push: '$n' },
            set: { $addToSet: '$u' },
            n: { $count: {} },
          },
        },
      ]),
    ).toEqual([{ _id: null, first: 'a', last: 5, all: [1, 2, 3, 5], set: ['a', null, 'b'], n: 4 }]);
    expect(
      await run([
        { $match: { n: 5 } },
        { $set: { w: { $cond: [{ $eq: [{ $size: '$t' }, 0] }, 'none', 'some'] } } },
        { $unset: ['t', '_id'] },
        { $replaceRoot: { newRoot: { $mergeObjects: ['$$ROOT', { z: 1 }] } } },
      ]),
    ).toEqual([{ u: 'b', n: 5, w: 'none', z: 1 }]);
  });
});

describe('time', () => {
  test('$$NOW is the clock of the server, the same throughout a command', async () => {
    const times = db.collection('times');
    await times.insertMany([{}, {}]);
    await times.updateMany({}, [{ $set: { at: '$$NOW', again: '$$NOW' } }]);
    const found = await times.find().toArray();
    expect(found.flatMap(({ at, again }) => [at.getTime(), again.getTime()])).toEqual([now, now, now, now]);
  });

  test('TTL indexes follow the same clock', async () => {
    const expiring = db.collection('expiring');
    await expiring.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await expiring.insertMany([{ at: new Date(now) }, { at: new Date(now + 3_600_000) }, { at: 'never' }, {}]);
    await sweep();
    expect(await expiring.countDocuments()).toBe(4);
    now += 60_000;
    await sweep();
    expect(await expiring.countDocuments()).toBe(3);
  });
});

describe('the rest', () => {
  test('catalogue commands', async () => {
    const other = client.db('other');
    await other.createCollection('c');
    await other.collection('c').insertOne({});
    expect((await other.listCollections().toArray()).map(({ name }) => name)).toEqual(['c']);
    expect((await client.db().admin().listDatabases()).databases.map(({ name }) => name)).toContain('other');
    expect((await other.command({ collStats: 'c' })).count).toBe(1);
    expect(await other.dropDatabase()).toBe(true);
    expect(await other.listCollections().toArray()).toEqual([]);
  });

  test('unacknowledged writes arrive', async () => {
    await collection.insertOne({ kind: 'w0' }, { writeConcern: { w: 0 } });
    await expect.poll(() => collection.countDocuments({ kind: 'w0' })).toBe(1);
  });

  test('a client of its own sees a standalone of wire version 21', async () => {
    const second = await connect(`mongodb://127.0.0.1:${port}/`);
    const hello = await second.db('admin').command({ hello: 1 });
    expect([hello.maxWireVersion, hello.setName, hello.topologyVersion]).toEqual([21, undefined, undefined]);
    expect(second).toBeInstanceOf(MongoClient);
  });

  test('the README lists exactly what is accepted', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    for (const [kind, names] of Object.entries(surface())) {
      expect(readme).toContain(`- ${kind}: ${names.map((name) => `\`${name}\``).join(' ')}\n`);
    }
  });
});
