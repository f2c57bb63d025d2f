import { z } from 'zod';

const SECRETS = ['FEISHU_APP_ID', 'FEISHU_APP_SECRET', 'FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN'] as const;

export type Env = Readonly<Record<string, string | undefined>>;

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port from 0 to 65535');
const address = (protocols: RegExp) => z.url({ protocol: protocols, error: 'is not an address' });
const http = address(/^https?$/).refine((url) => !url.endsWith('/'), 'must not end with a slash');
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()));
const zone = z.string().refine(isZone, 'is not a time zone');

const commonShape = {
  PORT: port.default(3000),
  DATA_DIR: z.string().default('./data'),
  FEISHU_DOMAIN: http.default('https://open.feishu.cn'),
  FEISHU_GROUP_MESSAGES: z.enum(['mention', 'all'], 'must be mention or all').default('mention'),
  ADMIN_OPEN_IDS: list
    .refine((ids) => ids.every((id) => /^ou_\w+$/.test(id)), 'must be open ids (ou_…) joined by commas')
    .default([]),
  POLICY_FILE: z.string().default('policies/wuhua-xietong-2020.yaml'),
  HOLIDAYS_DIR: z.string().default('holidays'),
  ORG_ZONE: zone.default('Asia/Shanghai'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'is not a level of the log')
    .default('info'),
  CLOCK_URL: http.nullable().default(null),
};

const database = address(/^mongodb(\+srv)?$/);

const localSchema = z.object({
  ...commonShape,
  HOST: z.string().default('127.0.0.1'),
  MONGODB_URI: database.nullable().default(null),
  SANDBOX_PORT: port.default(3001),
  SANDBOX_NOW: z.iso.datetime({ offset: true, local: true, error: 'is not an ISO 8601 time' }).nullable().default(null),
  WORLD_FILE: z.string().default('fixtures/college.json'),
});

const realSchema = z.object({
  ...commonShape,
  HOST: z.string().default('0.0.0.0'),
  MONGODB_URI: database,
  FEISHU_APP_ID: z.string().regex(/^cli_[0-9a-f]{16}$/, 'must be cli_ and 16 hexadecimal digits'),
  FEISHU_APP_SECRET: z.string(),
  FEISHU_VERIFICATION_TOKEN: z.string(),
  FEISHU_ENCRYPT_KEY: list
    .refine((keys) => keys.every((key) => key !== ''), 'has a blank part')
    .refine((keys) => keys.length <= 2, 'must be one key, or two joined by a comma'),
});

export type LocalConfig = { readonly mode: 'local' } & Readonly<z.infer<typeof localSchema>>;
export type RealConfig = { readonly mode: 'real' } & Readonly<z.infer<typeof realSchema>>;
export type Config = LocalConfig | RealConfig;
type Result<C> = { readonly ok: true; readonly config: C } | { readonly ok: false; readonly faults: readonly string[] };

/** Local mode without any of Feishu's secrets; with one of them, even a blank one, all are required. */
export function readConfig(env: Env): Result<Config> {
  const real = SECRETS.some((name) => env[name] !== undefined);
  const parsed = real ? parseReal(env) : parseLocal(env);
  if (!parsed.ok) return parsed;
  const faults = clockFaults(parsed.config);
  return faults.length > 0 ? { ok: false, faults } : parsed;
}

function parseLocal(env: Env): Result<LocalConfig> {
  const { data, error } = localSchema.safeParse(stated(env));
  return data ? { ok: true, config: { mode: 'local', ...data } } : { ok: false, faults: toFaults(error, env) };
}

function parseReal(env: Env): Result<RealConfig> {
  const { data, error } = realSchema.safeParse(stated(env));
  return data ? { ok: true, config: { mode: 'real', ...data } } : { ok: false, faults: toFaults(error, env) };
}

/** A blank line of a `.env` file states nothing. */
function stated(env: Env): Record<string, string> {
  const trimmed = Object.entries(env).map(([name, value]) => [name, value?.trim() ?? ''] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ''));
}

/** One line per name, without the value: it may be a secret. */
function toFaults(error: z.ZodError, env: Env): string[] {
  const faults = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const name = String(path[0]);
    const given = env[name];
    const fault = given === undefined ? 'is missing' : given.trim() === '' ? 'is blank' : message;
    if (!faults.has(name)) faults.set(name, `config: ${name} ${fault}`);
  }
  return [...faults.values()];
}

/** A clock that can be turned is for a sandbox on this machine, never beside the real Feishu. */
function clockFaults({ CLOCK_URL, FEISHU_DOMAIN }: Config): string[] {
  if (CLOCK_URL === null || (isLoopback(CLOCK_URL) && isLoopback(FEISHU_DOMAIN))) return [];
  return ['config: CLOCK_URL is only for a sandbox: it and FEISHU_DOMAIN must be loopback addresses'];
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
