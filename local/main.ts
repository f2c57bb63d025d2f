import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { startEmbeddedMongo } from 'embedded-mongodb';
import { startSandboxWorker } from 'feishu-sandbox/worker';
import { type LocalConfig, type RealConfig, readConfig } from '../src/config.ts';
import {
  complain,
  connect,
  createLog,
  drainOnSignal,
  exits,
  loadRules,
  readEnvFile,
  reportStart,
  run,
  say,
} from '../src/main.ts';
import { loadCollege } from './college.ts';

/** The start without credentials: database, sandbox and bot in one process, the fictional college in it. */
const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((answer) => {
    const probe = createServer();
    probe.once('error', () => answer(false));
    probe.listen(port, host, () => probe.close(() => answer(true)));
  });

/** The sandbox must know where the bot will listen before the bot does. */
const firstFree = async (port: number, host: string): Promise<number> =>
  port === 0 || (await isFree(port, host)) ? port : firstFree(port + 1, host);

const die = (error: Error) => complain([`stopped: ${error.message}`], exits.bug);

const startDatabase = async (config: LocalConfig) => {
  if (config.MONGODB_URI !== null) return { uri: config.MONGODB_URI, close: async () => {} };
  const database = await startEmbeddedMongo({ dataDir: resolve(config.DATA_DIR, 'database'), onDeath: die });
  return { uri: database.uri, close: () => database.close() };
};

const startSandbox = (config: LocalConfig) =>
  startSandboxWorker({
    world: config.WORLD_FILE,
    webhook: `http://127.0.0.1:${config.PORT}/feishu/webhook`,
    port: config.SANDBOX_PORT,
    nextFreePort: true,
    dataDir: resolve(config.DATA_DIR, 'sandbox'),
    ...(config.SANDBOX_NOW === null ? {} : { now: config.SANDBOX_NOW }),
    onDeath: die,
  });
type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** The same bot as against the real Feishu; only the address and the secrets are the sandbox's. */
const asReal = (config: LocalConfig, sandbox: Sandbox, uri: string, administrators: readonly string[]): RealConfig => ({
  ...config,
  mode: 'real',
  MONGODB_URI: uri,
  FEISHU_APP_ID: sandbox.app.app_id,
  FEISHU_APP_SECRET: sandbox.app.app_secret,
  FEISHU_ENCRYPT_KEY: [sandbox.app.encrypt_key],
  FEISHU_VERIFICATION_TOKEN: sandbox.app.verification_token,
  FEISHU_DOMAIN: sandbox.url,
  CLOCK_URL: sandbox.url,
  ADMIN_OPEN_IDS: config.ADMIN_OPEN_IDS.length > 0 ? config.ADMIN_OPEN_IDS : [...administrators],
});

const pointWebhook = (sandbox: Sandbox, port: number) =>
  fetch(`${sandbox.url}/sandbox/app`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webhook: `http://127.0.0.1:${port}/feishu/webhook` }),
  });

const start = async (config: LocalConfig) => {
  const log = createLog(process.env.LOG_LEVEL === undefined ? 'warn' : config.LOG_LEVEL);
  const bot = import('../src/bot.ts');
  const [database, sandbox] = await Promise.all([startDatabase(config), startSandbox(config)]);
  say(`database ready ${database.uri}`);
  say(`sandbox ready ${sandbox.url}`);
  const [store] = await Promise.all([connect(database.uri), bot]);
  const administrators = await loadCollege(config.WORLD_FILE, store);
  const real = asReal(config, sandbox, database.uri, administrators);
  const { port, stop } = await run({ config: real, store, rules: loadRules(config), log, takenPort: 'next' });
  if (port !== config.PORT) await pointWebhook(sandbox, port);
  drainOnSignal(async () => {
    await stop();
    await sandbox.close();
    await database.close();
  }, log);
  say(`bot ready http://${config.HOST}:${port}`);
  reportStart();
  // Three programs share this process: from here on V8 gives memory back rather than keeping it for speed.
  setFlagsFromString('--optimize-for-size');
};

const main = async () => {
  readEnvFile();
  const parsed = readConfig(process.env);
  if (!parsed.ok) return complain(parsed.faults, exits.config);
  if (parsed.config.mode === 'real') return complain(['config: local mode takes no FEISHU_ secrets'], exits.config);
  const { config } = parsed;
  if (process.argv.includes('--fresh')) rmSync(config.DATA_DIR, { recursive: true, force: true });
  await start({ ...config, PORT: await firstFree(config.PORT, config.HOST) });
};

await main();
