import { existsSync } from 'node:fs';
import cron from 'node-cron';
import { pino } from 'pino';
import type { Bot } from './bot.ts';
import { loadCalendar } from './calendar/index.ts';
import { type RealConfig, readConfig } from './config.ts';
import { createFollowerClock, type FollowerClock } from './engine/follower-clock.ts';
import { stopwatch, systemClock } from './engine/stopwatch.ts';
import { loadPack } from './policies/index.ts';
import type { Log } from './ports/log.ts';
import type { Store } from './ports/store.ts';
import type { Rules } from './router/request.ts';
import type { WebLog } from './web/log.ts';

/** Exit codes of contracts §1. */
export const exits = { drained: 0, bug: 1, database: 75, config: 78 } as const;
const drainWithinMs = 10_000;
const databaseWithinMs = 30_000;

export const say = (line: string) => process.stdout.write(`${line}\n`);
export const complain = (lines: readonly string[], code: number): never => {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(code);
};

export const loadRules = (config: Pick<RealConfig, 'POLICY_FILE' | 'HOLIDAYS_DIR' | 'ORG_ZONE'>): Rules => {
  const loaded = loadPack(config.POLICY_FILE);
  if (!loaded.ok)
    return complain(
      loaded.problems.map(({ file, line, column, message }) => `config: ${file}:${line}:${column} ${message}`),
      exits.config,
    );
  return { pack: loaded.pack, calendar: loadCalendar({ holidaysDir: config.HOLIDAYS_DIR }), zone: config.ORG_ZONE };
};

/** Waits for the database as long as contracts §1 allows. */
export const connect = async (uri: string): Promise<Store> => {
  const { openStore } = await import('./store/index.ts');
  const until = stopwatch.now() + databaseWithinMs;
  for (;;) {
    const store = await openStore({ uri, dbName: 'zhibu', stopwatch }).catch(() => null);
    if (store) return store;
    if (stopwatch.now() > until) return complain(['database: not reachable for 30 s'], exits.database);
    await stopwatch.sleep(500);
  }
};

export type Running = {
  readonly config: RealConfig;
  readonly store: Store;
  readonly rules: Rules;
  readonly log: Log & WebLog;
  readonly takenPort: 'next' | 'refuse';
};

const listen = async (bot: Bot, { config, takenPort }: Running): Promise<number> => {
  for (let port = config.PORT; ; port += 1) {
    const bound = await bot.listen(port, config.HOST).catch((error: NodeJS.ErrnoException) => error);
    if (typeof bound === 'number') return bound;
    if (bound.code !== 'EADDRINUSE') throw bound;
    if (takenPort === 'refuse') return complain([`config: PORT ${port} is taken`], exits.config);
  }
};

/** One bot with its clock: listens, ticks, and drains on SIGTERM or SIGINT. Answers the port it listens on. */
export const run = async (running: Running): Promise<{ port: number; stop: () => Promise<void> }> => {
  const { config, store, rules, log } = running;
  const { createBot } = await import('./bot.ts');
  const follower: FollowerClock | null =
    config.CLOCK_URL === null
      ? null
      : await createFollowerClock({ url: config.CLOCK_URL, id: `bot-${process.pid}`, stopwatch, log });
  const bot = createBot({
    store,
    rules,
    log,
    clock: follower?.clock ?? systemClock,
    administrators: config.ADMIN_OPEN_IDS,
    feishu: {
      appId: config.FEISHU_APP_ID,
      appSecret: config.FEISHU_APP_SECRET,
      encryptKeys: config.FEISHU_ENCRYPT_KEY,
      verificationToken: config.FEISHU_VERIFICATION_TOKEN,
      domain: config.FEISHU_DOMAIN,
    },
  });
  const port = await listen(bot, running);
  const ticking = follower ? null : cron.schedule('* * * * *', () => void bot.tick());
  if (follower) follower.follow(bot.settle);
  else void bot.tick();
  const stop = async () => {
    await ticking?.destroy();
    await follower?.stop();
    await bot.stop();
  };
  return { port, stop };
};

/** Drains once on the first signal; a second one, or ten seconds, ends it at once. */
export const drainOnSignal = (stop: () => Promise<void>, log: Log) => {
  let draining = false;
  const drain = (code: number) => {
    if (draining) process.exit(code);
    draining = true;
    setTimeout(() => process.exit(code), drainWithinMs).unref();
    stop().then(
      () => process.exit(code),
      () => process.exit(exits.bug),
    );
  };
  process.on('SIGTERM', () => drain(exits.drained));
  process.on('SIGINT', () => drain(exits.drained));
  process.on('unhandledRejection', (error) => {
    log.error(
      { event: 'process.unhandled', name: error instanceof Error ? error.name : typeof error },
      'a bug; draining',
    );
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    drain(exits.bug);
  });
};

export const createLog = (level: string) =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));

export const reportStart = () => {
  if (!process.argv.includes('--verbose')) return;
  const mb = Math.round(process.memoryUsage().rss / 2 ** 20);
  say(`started in ${Math.round(performance.now())} ms, ${mb} MB`);
};

/** A `.env` file is read when it is there (contracts §1). */
export const readEnvFile = () => {
  if (existsSync('.env')) process.loadEnvFile('.env');
};

export const main = async () => {
  readEnvFile();
  const parsed = readConfig(process.env);
  if (!parsed.ok) return complain(parsed.faults, exits.config);
  if (parsed.config.mode === 'local') return complain(['config: FEISHU_APP_ID is missing'], exits.config);
  const { config } = parsed;
  const log = createLog(config.LOG_LEVEL);
  const rules = loadRules(config);
  const store = await connect(config.MONGODB_URI);
  const { port, stop } = await run({ config, store, rules, log, takenPort: 'refuse' });
  drainOnSignal(stop, log);
  say(`bot ready http://${config.HOST}:${port}`);
  reportStart();
};

if (import.meta.filename === process.argv[1]) await main();
