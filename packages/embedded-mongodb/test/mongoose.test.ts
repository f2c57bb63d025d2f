import mongoose, { Schema } from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServer, type RunningServer } from '../src/server.ts';

let server: RunningServer;
let connection: mongoose.Connection;

beforeAll(async () => {
  server = await createServer();
  connection = await mongoose.createConnection(server.uri, { dbName: 'models' }).asPromise();
});

afterAll(async () => {
  await connection.close();
  await server.close();
});

test('models: validation, timestamps, versions, population, cursors, index sync', async () => {
  const unit = new Schema(
    { name: { type: String, required: true, unique: true }, tags: [String], price: Schema.Types.Decimal128 },
    { timestamps: true, optimisticConcurrency: true },
  );
  const Unit = connection.model('Unit', unit);
  const Person = connection.model(
    'Person',
    new Schema({ name: String, unit: { type: Schema.Types.ObjectId, ref: 'Unit' }, seen: Map }),
  );
  await Unit.init();
  expect(await Unit.syncIndexes()).toEqual([]);
  const made = await Unit.create({ name: '党支部', tags: ['a'], price: '1.10' });
  await expect(Unit.create({})).rejects.toThrow('required');
  await expect(Unit.create({ name: '党支部' })).rejects.toMatchObject({ code: 11000, keyValue: { name: '党支部' } });
  await Person.create({ name: '张三', unit: made._id, seen: new Map([['k', 1]]) });
  const person = await Person.findOne({ name: /^张/ }).populate<{ unit: { name: string } }>('unit').orFail();
  expect(person.unit.name).toBe('党支部');
  const [one, two] = [await Unit.findById(made._id).orFail(), await Unit.findById(made._id).orFail()];
  one.tags.push('b');
  await one.save();
  two.tags.push('c');
  await expect(two.save()).rejects.toThrow(mongoose.Error.VersionError);
  expect(String((await Unit.findById(made._id).orFail()).price)).toBe('1.10');
  await Person.insertMany(Array.from({ length: 300 }, (_, n) => ({ name: `p${n}` })));
  let seen = 0;
  for await (const _item of Person.find({ name: /^p/ }).lean().cursor({ batchSize: 50 })) seen += 1;
  expect(seen).toBe(300);
  expect(await Person.countDocuments({ unit: { $exists: false } })).toBe(300);
});
