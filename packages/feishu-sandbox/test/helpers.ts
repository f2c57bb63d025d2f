import { createDecipheriv, createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type * as Lark from '@larksuiteoapi/node-sdk';
import { createSandboxClient, type SandboxClient } from '../src/client.ts';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../src/start.ts';

const lark = createRequire(import.meta.url)('@larksuiteoapi/node-sdk') as typeof Lark;
export const WORLD = fileURLToPath(new URL('world.json', import.meta.url));
export const idOf = (prefix: string, key: string): string =>
  prefix + createHash('sha256').update(key).digest('hex').slice(0, 32);
export const GROUP = idOf('oc_', 'A');
export const text = (content: string): string => JSON.stringify({ text: content });
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface Received {
  raw: string;
  headers: IncomingHttpHeaders;
}

type Answer = { status?: number; body?: unknown; delay?: number; headers?: Record<string, string> };

/** A stand-in for the bot: keeps what it receives and answers as told. */
export class FakeBot {
  readonly received: Received[] = [];
  answer: (index: number) => Answer | Promise<Answer> = () => ({});
  url = '';
  #server: Server | null = null;

  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        this.received.push({ raw: Buffer.concat(chunks).toString('utf8'), headers: request.headers });
        const { status = 200, body = {}, delay = 0, headers } = await this.answer(this.received.length - 1);
        if (delay > 0) await sleep(delay);
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/feishu/webhook`;
    return this;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server?.closeAllConnections();
      this.#server?.close(() => resolve());
    });
  }
}

/** Decrypts as the documents say, independently of the sandbox's own code. */
export function decrypt(raw: string, encryptKey: string): string {
  const blob = Buffer.from((JSON.parse(raw) as { encrypt: string }).encrypt, 'base64');
  const key = createHash('sha256').update(encryptKey).digest();
  const decipher = createDecipheriv('aes-256-cbc', key, blob.subarray(0, 16));
  return decipher.update(blob.subarray(16), undefined, 'utf8') + decipher.final('utf8');
}

export interface Envelope {
  schema: string;
  header: {
    event_id: string;
    event_type: string;
    create_time: string;
    token: string;
    app_id: string;
    tenant_key: string;
  };
  event: Record<string, unknown>;
}

export const envelope = (one: Received | undefined, encryptKey: string): Envelope =>
  JSON.parse(decrypt(one?.raw ?? '', encryptKey)) as Envelope;

export interface Stage {
  bot: FakeBot;
  sandbox: RunningSandbox;
  control: SandboxClient;
  sdk: Lark.Client;
  stop(): Promise<void>;
}

const NO_CACHE: Lark.Cache = { get: async () => undefined, set: async () => true };

/** A client that asks for a token before each call, unless told otherwise: the sandbox's clock runs ahead of the SDK's. */
export function sdkFor({ app, url }: Pick<RunningSandbox, 'app' | 'url'>, cache = NO_CACHE): Lark.Client {
  return new lark.Client({
    appId: app.app_id,
    appSecret: app.app_secret,
    domain: url,
    cache,
    logger: { error: () => {}, warn: () => {}, info: () => {}, debug: () => {}, trace: () => {} },
  });
}

export async function openStage(options: Partial<SandboxOptions> = {}): Promise<Stage> {
  const bot = await new FakeBot().start();
  const sandbox = await startSandbox({ world: WORLD, webhook: bot.url, now: '2026-11-20T09:00', ...options });
  const stop = async (): Promise<void> => {
    await sandbox.close();
    await bot.stop();
  };
  const control = createSandboxClient(sandbox.url);
  await control.setClock({ set: '2026-11-20T09:00', speed: 0 });
  return { bot, sandbox, control, sdk: sdkFor(sandbox), stop };
}

/** The code of a refused call: the SDK throws what axios throws. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ http: number; code: number; msg: string; headers: Record<string, string> }> {
  try {
    await call;
  } catch (error) {
    const { response } = error as {
      response?: { status: number; data: { code: number; msg: string }; headers: Record<string, string> };
    };
    if (response)
      return { http: response.status, code: response.data.code, msg: response.data.msg, headers: response.headers };
    throw error;
  }
  throw new Error('the call was not refused');
}

interface Send {
  uuid?: string;
  type?: 'chat_id' | 'open_id';
  msgType?: string;
}

/** Sends a text into the group, or whatever `send` says. */
export function create(
  sdk: Lark.Client,
  content: string,
  { uuid, type = 'chat_id', msgType = 'text' }: Send = {},
  to = GROUP,
) {
  return sdk.im.message.create({
    params: { receive_id_type: type },
    data: { receive_id: to, msg_type: msgType, content, ...(uuid ? { uuid } : {}) },
  });
}

export const card = (elements: unknown[], title = '标题'): string =>
  JSON.stringify({
    schema: '2.0',
    header: { title: { tag: 'plain_text', content: title } },
    body: { elements },
  });

export const button = (label: string, more: object = {}): object => ({
  tag: 'button',
  text: { tag: 'plain_text', content: label },
  ...more,
});
