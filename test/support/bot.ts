import { Writable } from 'node:stream';
import { startEmbeddedMongo } from 'embedded-mongodb';
import { createSandboxClient, type MessageView, type SandboxClient, startSandbox } from 'feishu-sandbox';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { type College, readCollege } from '../../fixtures/college.ts';
import { loadCollege } from '../../local/college.ts';
import type { RealConfig } from '../../src/config.ts';
import { stopwatch } from '../../src/engine/stopwatch.ts';
import { loadRules, run } from '../../src/main.ts';
import type { Store } from '../../src/ports/store.ts';
import { openStore } from '../../src/store/index.ts';
import type { Card, Dump, Said, Speech } from './bot-types.ts';

const worldFile = 'fixtures/college.json';

/** Database, sandbox and bot in this process, the fictional college in it; nothing is left on the disk. */
export type Stage = {
  readonly college: College;
  readonly sandbox: SandboxClient;
  readonly db: mongoose.mongo.Db;
  readonly uri: string;
  readonly botUrl: string;
  /** Every line the bot has logged, at the level trace. */
  readonly logs: readonly string[];
  /** Waits until nobody has anything left to do at this instant. */
  settle(): Promise<void>;
  /** Says it, waits until the bot has nothing left to do; `cards` are what the bot answered below it. */
  say(speech: Speech): Promise<Said>;
  /** All that the bot has sent since a message of the sandbox, or since the beginning. */
  sent(after?: number, chat?: string): Promise<readonly Card[]>;
  /** Goes on to an instant step by step; `jump` = the bot was down in between. */
  walkTo(instant: string): Promise<void>;
  jumpTo(instant: string): Promise<void>;
  dump(): Promise<Dump>;
  rows<T = Readonly<Record<string, unknown>>>(
    collection: string,
    filter?: Readonly<Record<string, unknown>>,
  ): Promise<readonly T[]>;
  close(): Promise<void>;
};

export type StageOptions = {
  readonly now: string;
  /** May put a fault between the bot and its store. */
  readonly store?: (store: Store) => Store;
  readonly groupMessages?: 'mention' | 'all';
  readonly speed?: number;
};

const tagOf = ({ card }: MessageView): string | null => {
  const header = card?.header as { text_tag_list?: { text?: { content?: string } }[] } | undefined;
  return header?.text_tag_list?.[0]?.text?.content ?? null;
};
const titleOf = ({ card }: MessageView): string =>
  (card?.header as { title?: { content?: string } } | undefined)?.title?.content ?? '';
export const asCard = (view: MessageView): Card => ({ ...view, kind: tagOf(view), title: titleOf(view) });

const configOf = (uri: string, sandbox: Awaited<ReturnType<typeof startSandbox>>, admins: readonly string[]) =>
  ({
    mode: 'real',
    PORT: 0,
    HOST: '127.0.0.1',
    DATA_DIR: 'unused',
    MONGODB_URI: uri,
    LOG_LEVEL: 'trace',
    FEISHU_APP_ID: sandbox.app.app_id,
    FEISHU_APP_SECRET: sandbox.app.app_secret,
    FEISHU_ENCRYPT_KEY: [sandbox.app.encrypt_key],
    FEISHU_VERIFICATION_TOKEN: sandbox.app.verification_token,
    FEISHU_DOMAIN: sandbox.url,
    CLOCK_URL: sandbox.url,
    ADMIN_OPEN_IDS: [...admins],
    ORG_ZONE: 'Asia/Shanghai',
    POLICY_FILE: 'policies/wuhua-xietong-2020.yaml',
    HOLIDAYS_DIR: 'holidays',
    FEISHU_GROUP_MESSAGES: 'mention',
  }) satisfies RealConfig;

const captured = () => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  return { lines, log: pino({ level: 'trace', base: null }, sink) };
};

export const openStage = async ({ now, store: wrap, groupMessages, speed }: StageOptions): Promise<Stage> => {
  const database = await startEmbeddedMongo({ port: 0 });
  const sandboxServer = await startSandbox({ world: worldFile, webhook: 'http://127.0.0.1:9/feishu/webhook', now });
  const sandbox = createSandboxClient(sandboxServer.url);
  if (speed !== undefined) await sandbox.setClock({ set: now, speed });
  const opened = await openStore({ uri: database.uri, dbName: 'zhibu', stopwatch });
  const config = configOf(database.uri, sandboxServer, await loadCollege(worldFile, opened));
  const { lines, log } = captured();
  const running = { config, store: wrap?.(opened) ?? opened, rules: loadRules(config), log };
  const bot = await run({ ...running, takenPort: 'refuse' });
  const botUrl = `http://127.0.0.1:${bot.port}`;
  await sandbox.patchApp({ webhook: `${botUrl}/feishu/webhook`, group_messages: groupMessages ?? 'mention' });
  const connection = await mongoose.createConnection(database.uri, { dbName: 'zhibu' }).asPromise();
  const { db } = connection;
  if (!db) throw new Error('the database gave no handle');
  const settle = async () => void (await sandbox.settle(20_000));
  const sent = async (after = 0, chat?: string) => {
    const { items } = await sandbox.messages({ after, from: 'bot', ...(chat === undefined ? {} : { chat }) });
    return items.map(asCard);
  };
  await settle();
  return {
    college: readCollege(worldFile),
    sandbox,
    db,
    uri: database.uri,
    botUrl,
    logs: lines,
    settle,
    sent,
    say: async (speech) => {
      const { last } = await sandbox.messages({});
      const said = await sandbox.say(speech);
      await settle();
      return { ...said, cards: (await sent(last)).filter((card) => card.reply_to === said.message_id) };
    },
    walkTo: async (instant) => {
      const seconds = Math.round((Date.parse(instant) - Date.parse((await sandbox.clock()).now)) / 1_000);
      await sandbox.advance(`PT${seconds}S`);
    },
    jumpTo: async (instant) => {
      await sandbox.setClock({ set: instant });
      await settle();
    },
    dump: async () => {
      const names = (await db.listCollections().toArray()).map(({ name }) => name).sort();
      const all = names.map(
        async (name) => [name, await db.collection(name).find().sort({ _id: 1 }).toArray()] as const,
      );
      return Object.fromEntries(await Promise.all(all));
    },
    rows: (collection, filter = {}) =>
      db
        .collection(collection)
        .find(filter as object)
        .sort({ _id: 1 })
        .toArray() as never,
    close: async () => {
      await bot.stop();
      await connection.close();
      await sandboxServer.close();
      await database.close();
    },
  };
};
