import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSandboxClient, type SandboxClient } from 'feishu-sandbox';
import mongoose from 'mongoose';
import { type College, readCollege } from '../../fixtures/college.ts';
import type { CrashPoint } from '../../src/engine/crash-points.ts';
import { stopwatch } from '../../src/engine/stopwatch.ts';
import { openStore } from '../../src/store/index.ts';
import { eventually, freePort, type Process, startProcess, tempDir } from '../support/processes.ts';

export const world = 'fixtures/college.json';
const dbName = 'zhibu';

export type BotOptions = {
  readonly name?: string;
  readonly port?: number;
  readonly entry?: string;
  readonly env?: Readonly<Record<string, string>>;
};
export type Bot = Process & {
  /** Ends (or stops) this bot at the nth time from now that it reaches a point. */
  arm(point: CrashPoint, nth: number, signal?: 'SIGKILL' | 'SIGSTOP'): void;
  disarm(): void;
};

/** Database, sandbox and the college in it; bots come and go. */
export type Stack = {
  readonly college: College;
  readonly sandbox: SandboxClient;
  readonly sandboxUrl: string;
  readonly database: mongoose.mongo.Db;
  /** Where the sandbox sends its events unless told otherwise. */
  readonly port: number;
  startBot(options?: BotOptions): Promise<Bot>;
  /** The sandbox forgets programs that followed its clock and are dead. */
  forgetFollowers(): Promise<void>;
  killDatabase(): Promise<void>;
  restartDatabase(): Promise<void>;
  /** How often each point has been reached so far, by all bots or by one process. */
  reached(pid?: number): ReadonlyMap<string, number>;
  /** What the processes said, for a failure's message. */
  said(): string;
  close(): Promise<void>;
};

/** Puts the college's rows into an empty database, as the first start does. */
const loadCollege = async (uri: string, college: College, now: Date): Promise<void> => {
  const store = await openStore({ uri, dbName, stopwatch });
  const bindings = college.bindings.map(({ chatId, unit }) => ({
    _id: chatId,
    cause: `seed/${chatId}`,
    revision: 0,
    unit,
    by: 'seed',
    at: now,
  }));
  await store.directory.seed(college.organisation.units, college.organisation.people, bindings);
  await store.close();
};

export const openStack = async (now: string, speed = 1): Promise<Stack> => {
  const dir = await tempDir();
  const at = (name: string) => join(dir.path, name);
  const startDatabase = () =>
    startProcess({
      name: 'database',
      args: ['packages/embedded-mongodb/dist/cli.js', '--data', at('db'), '--socket', at('db.sock')],
      ready: /^database ready (mongodb:\S+)$/m,
    });
  let database = await startDatabase();
  const uri = database.url;
  const port = await freePort();
  const sandboxProcess = await startProcess({
    name: 'sandbox',
    args: [
      'packages/feishu-sandbox/dist/cli.js',
      '--port',
      '0',
      '--world',
      world,
      '--data',
      at('sandbox'),
      '--now',
      now,
      '--webhook',
      `http://127.0.0.1:${port}/feishu/webhook`,
    ],
    ready: /^sandbox ready (\S+)$/m,
  });
  const sandboxUrl = sandboxProcess.url;
  const sandbox = createSandboxClient(sandboxUrl);
  if (speed !== 1) await sandbox.setClock({ speed });
  const college = readCollege(world);
  await loadCollege(uri, college, new Date(now));
  const app = await sandbox.app();
  const connection = await mongoose.createConnection(uri, { dbName, serverSelectionTimeoutMS: 5_000 }).asPromise();
  const db = connection.db;
  if (!db) throw new Error('the database gave no handle');
  const counters = at('counters');
  appendFileSync(counters, '');
  const bots = new Set<Process>();

  const startBot = async (options: BotOptions = {}): Promise<Bot> => {
    const name = options.name ?? 'bot';
    const order = at(`order-${name}`);
    const bot = await startProcess({
      name,
      args: ['--import', './test/crash/kill-at.mjs', options.entry ?? 'dist/src/main.js'],
      env: {
        FEISHU_APP_ID: app.app_id,
        FEISHU_APP_SECRET: app.app_secret,
        FEISHU_ENCRYPT_KEY: app.encrypt_key,
        FEISHU_VERIFICATION_TOKEN: app.verification_token,
        FEISHU_DOMAIN: sandboxUrl,
        CLOCK_URL: sandboxUrl,
        MONGODB_URI: uri,
        DATA_DIR: at('files'),
        PORT: String(options.port ?? port),
        HOST: '127.0.0.1',
        LOG_LEVEL: 'warn',
        COUNTERS: counters,
        KILL_FILE: order,
        ...options.env,
      },
      ready: /^bot ready (\S+)$/m,
    });
    bots.add(bot);
    return {
      ...bot,
      arm: (point, nth, signal = 'SIGKILL') =>
        writeFileSync(order, `${point} ${nth} ${signal} ${bot.url}${Date.now()}`),
      disarm: () => writeFileSync(order, ''),
    };
  };

  return {
    college,
    sandbox,
    sandboxUrl,
    database: db,
    port,
    startBot,
    forgetFollowers: async () => {
      const clock = await fetch(`${sandboxUrl}/sandbox/clock`);
      const { followers } = (await clock.json()) as { followers: { id: string }[] };
      for (const { id } of followers)
        await fetch(`${sandboxUrl}/sandbox/clock/follow?id=${encodeURIComponent(id)}`, { method: 'DELETE' });
    },
    killDatabase: async () => void (await database.end('SIGKILL')),
    restartDatabase: async () => {
      database = await startDatabase();
    },
    reached: (pid) => {
      const counts = new Map<string, number>();
      if (!existsSync(counters)) return counts;
      for (const line of readFileSync(counters, 'utf8').split('\n')) {
        const [point = '', by] = line.split(' ');
        if (point !== '' && (pid === undefined || by === String(pid))) counts.set(point, (counts.get(point) ?? 0) + 1);
      }
      return counts;
    },
    said: () => [database, sandboxProcess, ...bots].map((one) => `--- ${one.name}\n${one.output()}`).join('\n'),
    close: async () => {
      await Promise.all([...bots].map((bot) => bot.end('SIGKILL')));
      await connection.close();
      await Promise.all([sandboxProcess.end('SIGTERM'), database.end('SIGTERM')]);
      await dir.remove();
    },
  };
};

/** Resolves when nobody has anything left to do at the sandbox's present time. */
export const quiet = (stack: Stack, withinMs = 40_000): Promise<true> =>
  eventually(
    'quiet',
    async () => {
      const [inbox, outbox] = await Promise.all([
        stack.database.collection('inbox').countDocuments({ state: 'ready' }),
        stack.database.collection('outbox').countDocuments({ state: 'waiting', at: { $lte: await nowOf(stack) } }),
      ]);
      return inbox + outbox === 0 ? true : null;
    },
    { withinMs, orElse: stack.said },
  );

export const nowOf = async (stack: Stack): Promise<Date> => new Date((await stack.sandbox.clock()).now);
