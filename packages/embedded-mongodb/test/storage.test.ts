import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedMongo } from 'embedded-mongodb';
import { describe, expect, test } from 'vitest';
import { createServer } from '../src/server.ts';
import { connect, folder, serverWithClient } from './helpers.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

function run(...args: string[]) {
  return spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', timeout: 8000 });
}

async function launch(...args: string[]): Promise<{ child: ChildProcess; uri: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve) => child.stdout?.once('data', (data) => resolve(String(data))));
  return { child, uri: line.trim().replace('database ready ', '') };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

describe('a data folder', () => {
  test('keeps documents, indexes and dropped things dropped', async () => {
    const dataDir = folder();
    const first = await serverWithClient({ dataDir });
    const kept = first.db.collection('kept');
    await kept.createIndex({ k: 1 }, { unique: true });
    await kept.insertMany([{ k: 1 }, { k: 2 }, { k: 3 }]);
    await kept.deleteOne({ k: 2 });
    await kept.updateOne({ k: 3 }, { $set: { v: 'new' } });
    await first.db.collection('gone').insertOne({});
    await first.db.collection('gone').drop();
    await first.client.close();
    await first.server.close();
    const { db } = await serverWithClient({ dataDir });
    expect(
      await db
        .collection('kept')
        .find({}, { projection: { _id: 0 } })
        .toArray(),
    ).toEqual([{ k: 1 }, { k: 3, v: 'new' }]);
    expect(await db.listCollections().toArray()).toHaveLength(1);
    await expect(db.collection('kept').insertOne({ k: 1 })).rejects.toThrow('E11000');
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'mongodb.sock')).mode & 0o777).toBe(0o600);
  });

  test('is folded into a snapshot when much of the journal is dead, while writes go on', async () => {
    const dataDir = folder();
    const first = await serverWithClient({ dataDir, compactAt: 20_000, sync: 'none' });
    const counters = first.db.collection('counters');
    await counters.createIndex({ n: 1 }, { unique: true });
    await Promise.all(
      Array.from({ length: 10 }, async (_, id) => {
        for (let n = 0; n < 150; n += 1)
          await counters.updateOne(
            { _id: id as never },
            { $set: { n: n * 10 + id, pad: 'x'.repeat(50) } },
            { upsert: true },
          );
      }),
    );
    await first.client.close();
    await first.server.close();
    expect(readdirSync(dataDir).filter((name) => name.startsWith('snapshot')).length).toBe(1);
    const bytes = readdirSync(dataDir).reduce((sum, name) => sum + statSync(join(dataDir, name)).size, 0);
    expect(bytes).toBeLessThan(60_000);
    const { db } = await serverWithClient({ dataDir });
    const found = await db.collection('counters').find().sort({ _id: 1 }).toArray();
    expect(found.map(({ n }) => n)).toEqual(Array.from({ length: 10 }, (_, id) => 1490 + id));
  });

  test('a second owner is refused, also from another process', async () => {
    const dataDir = folder();
    const server = await createServer({ dataDir });
    await expect(createServer({ dataDir })).rejects.toThrow('in use by another process');
    const second = run('--data', dataDir);
    expect([second.status, second.stdout]).toEqual([1, '']);
    expect(second.stderr).toContain('in use by another process');
    await server.close();
    await (await createServer({ dataDir })).close();
  });

  test('a long path moves the socket to a short private one', async () => {
    const dataDir = join(folder(), 'x'.repeat(90));
    const { server, db } = await serverWithClient({ dataDir });
    expect(decodeURIComponent(server.uri)).not.toContain('xxx');
    expect((await db.command({ ping: 1 })).ok).toBe(1);
  });
});

describe('torn and damaged files', () => {
  test('whatever the cut, what opens is a prefix of what was written', async () => {
    const dataDir = folder();
    const { server, db, client } = await serverWithClient({ dataDir });
    for (let n = 0; n < 40; n += 1) await db.collection('log').insertOne({ n, pad: 'x'.repeat(n * 3) });
    await client.close();
    await server.close();
    const name = readdirSync(dataDir).find((file) => file.startsWith('journal')) ?? '';
    const whole = readFileSync(join(dataDir, name));
    const lengths = new Set<number>();
    for (let round = 0; round < 18; round += 1) {
      const copy = folder();
      cpSync(join(dataDir, name), join(copy, name));
      const cut = Math.floor((whole.length * (round + 0.37)) / 18);
      if (round % 3 === 0) truncateSync(join(copy, name), cut);
      else
        writeFileSync(
          join(copy, name),
          Buffer.concat([whole.subarray(0, cut), Buffer.alloc(whole.length - cut, round % 3 === 1 ? 0 : 0xa5)]),
        );
      if (cut < 27 && round % 3 !== 0) continue;
      const torn = await serverWithClient({ dataDir: copy });
      const found = await torn.db.collection('log').find().toArray();
      expect(found.map(({ n }) => n)).toEqual(found.map((_item, n) => n));
      lengths.add(found.length);
      await torn.db.collection('log').insertOne({ n: -1 });
      await torn.client.close();
      await torn.server.close();
    }
    expect(lengths.size).toBeGreaterThan(8);
  });

  test('damage that cannot be an unfinished write is refused', async () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, 'journal.00000001'), 'something else that is long enough to be a journal');
    await expect(createServer({ dataDir })).rejects.toThrow('not a journal of this version');
  });
});

describe('the command line', () => {
  test('kill -9 while writing: what was acknowledged is there, whole', async () => {
    const dataDir = folder();
    for (let round = 0; round < 3; round += 1) {
      const { child, uri } = await launch('--data', dataDir);
      const client = await connect(uri);
      const collection = client.db('test').collection('crash');
      const acknowledged: string[] = [];
      let stopped = false;
      const writers = Array.from({ length: 16 }, async (_, writer) => {
        for (let n = 0; !stopped; n += 1) {
          const _id = `${round}/${writer}/${n}`;
          await collection.insertOne({ _id: _id as never, a: n, pad: 'x'.repeat(n % 500), b: n });
          await collection.updateOne({ _id: _id as never }, { $inc: { a: 1, b: 1 } });
          acknowledged.push(_id);
        }
      });
      while (acknowledged.length < 30 * (round + 1)) await new Promise((resolve) => setTimeout(resolve, 5));
      const gone = ended(child);
      child.kill('SIGKILL');
      stopped = true;
      await Promise.allSettled(writers);
      await gone;
      const again = await serverWithClient({ dataDir });
      const found = await again.db
        .collection('crash')
        .find({ _id: new RegExp(`^${round}/`) as never })
        .toArray();
      const present = new Map(found.map((item) => [String(item._id), item]));
      expect(acknowledged.length).toBeGreaterThan(20);
      expect(acknowledged.filter((_id) => present.get(_id)?.a !== Number(_id.split('/')[2]) + 1)).toEqual([]);
      expect(found.filter(({ a, b }) => a !== b)).toEqual([]);
      await again.client.close();
      await again.server.close();
      await client.close();
    }
  }, 15_000);

  test('says one line, answers, and drains on SIGTERM', async () => {
    const { child, uri } = await launch('--port', '0', '--data', folder());
    expect(uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/\?directConnection=true$/);
    const client = await connect(uri);
    await client.db('test').collection('c').insertOne({});
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
  });

  test('lists its surface and refuses faulty arguments', () => {
    expect(JSON.parse(run('--surface', '--json').stdout).stages).toContain('$group');
    expect(run('--host', '0.0.0.0').status).toBe(78);
    expect(run('--port', 'x').status).toBe(78);
    expect(run('--nope').status).toBe(78);
  });
});

describe('in a thread of its own', () => {
  test('starts, uses the caller’s clock, keeps data, and stops', async () => {
    const dataDir = folder();
    const clock = () => Date.UTC(2030, 0, 1);
    const mongo = await startEmbeddedMongo({ dataDir, clock });
    const client = await connect(mongo.uri);
    await client
      .db('test')
      .collection('c')
      .updateOne({}, [{ $set: { at: '$$NOW' } }], { upsert: true });
    await client.close();
    await mongo.close();
    const again = await startEmbeddedMongo({ dataDir });
    const second = await connect(again.uri);
    expect((await second.db('test').collection('c').findOne())?.at).toEqual(new Date(clock()));
    await expect(startEmbeddedMongo({ dataDir })).rejects.toThrow('in use');
    await second.close();
    await again.close();
  });

  test('tells the caller when the thread dies', async () => {
    const death = new Promise<Error>((resolve) => {
      void startEmbeddedMongo({ onDeath: resolve }).then(({ worker }) => worker.terminate());
    });
    expect((await death).message).toContain('database thread');
  });
});
