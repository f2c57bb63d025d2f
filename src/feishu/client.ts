import { z } from 'zod';
import type { Recipient } from '../domain/rows.ts';
import { BotError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Messenger, Outcome } from '../ports/messenger.ts';
import { knownCodes, meaningOf } from './error-codes.ts';
import { lark } from './sdk.ts';
import { createTokenCache } from './token-cache.ts';

export type ClientOptions = {
  readonly appId: string;
  readonly appSecret: string;
  readonly domain: string;
  readonly clock: Clock;
  readonly timeoutMs?: number;
};

const answer = z.object({ code: z.number(), data: z.record(z.string(), z.unknown()).nullish() }).loose();
const sentMessage = z.object({ message_id: z.string(), chat_id: z.string().nullish() });
const listed = z.object({
  items: z.array(z.object({ message_id: z.string(), body: z.object({ content: z.string() }).nullish() })).default([]),
  has_more: z.boolean().nullish(),
  page_token: z.string().nullish(),
});
/** Headers come as an object of axios' own class, which is no record. */
const failed = z.object({
  isAxiosError: z.literal(true),
  code: z.string().optional(),
  response: z.object({ status: z.number(), headers: z.looseObject({}).optional(), data: z.unknown() }).optional(),
});
/** The SDK puts ids into paths as they are; only ids may get that far. */
const idShape = /^[a-z]+_[A-Za-z0-9_]+$/;

/** A request that certainly never reached anybody may be tried again at once; anything else may have been done. */
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

const resetMs = (headers: Readonly<Record<string, unknown>> | undefined): number => {
  const seconds = Number(headers?.['x-ogw-ratelimit-reset']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 1_000;
};

type Called = { readonly code: number; readonly data: unknown; readonly afterMs: number } | 'unknown' | 'unsent';

/** Says which of three things happened: Feishu answered with a code, nobody knows, or nothing was sent. */
const classify = (error: unknown): Called => {
  const parsed = failed.safeParse(error);
  if (!parsed.success) return 'unsent';
  const { response, code } = parsed.data;
  if (!response) return code !== undefined && neverLeft.has(code) ? 'unsent' : 'unknown';
  const body = answer.safeParse(response.data);
  if (!body.success || (response.status >= 500 && !knownCodes.includes(body.data.code))) return 'unknown';
  return { code: body.data.code, data: body.data.data ?? null, afterMs: resetMs(response.headers) };
};

/** The REST client: every call is classified, none throws; the token is dropped once when Feishu says it is dead. */
export const createMessenger = ({ appId, appSecret, domain, clock, timeoutMs = 8_000 }: ClientOptions): Messenger => {
  const cache = createTokenCache(clock);
  lark.defaultHttpInstance.defaults.timeout = timeoutMs;
  const quiet = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {}, trace: () => {} };
  const client = new lark.Client({
    appId,
    appSecret,
    domain,
    cache,
    logger: quiet,
  });

  const once = async (request: () => Promise<unknown>): Promise<Called> => {
    try {
      const body = answer.safeParse(await request());
      return body.success ? { code: body.data.code, data: body.data.data ?? null, afterMs: 1_000 } : 'unknown';
    } catch (error) {
      return classify(error);
    }
  };
  const call = async (request: () => Promise<unknown>): Promise<Called> => {
    const first = await once(request);
    if (typeof first === 'string' || meaningOf(first.code) !== 'token') return first;
    cache.clear();
    return once(request);
  };

  const outcomeOf = (called: Called, fallback: string): Outcome => {
    if (called === 'unknown') return { result: 'unknown' };
    if (called === 'unsent') return { result: 'later', afterMs: 1_000, scope: 'chat' };
    const { code, afterMs } = called;
    if (code === 0) {
      const message = sentMessage.safeParse(called.data);
      if (message.success)
        return { result: 'sent', messageId: message.data.message_id, chatId: message.data.chat_id ?? null };
      return fallback === '' ? { result: 'unknown' } : { result: 'sent', messageId: fallback, chatId: null };
    }
    const meaning = meaningOf(code);
    if (meaning === 'later-all') return { result: 'later', afterMs, scope: 'all' };
    if (meaning === 'later-chat' || meaning === 'token') return { result: 'later', afterMs, scope: 'chat' };
    return { result: meaning, code };
  };

  const checked = async (id: string, request: () => Promise<unknown>, fallback = ''): Promise<Outcome> =>
    idShape.test(id) ? outcomeOf(await call(request), fallback) : { result: 'refused', code: 230001 };
  const card = (content: string, uuid: string) => ({ content, msg_type: 'interactive', uuid });

  const page = async (chatId: string, since: Date, token: string | undefined) => {
    const start = String(Math.floor(since.getTime() / 1000) - 1);
    const params = { container_id_type: 'chat', container_id: chatId, start_time: start, page_size: 50 };
    const called = await call(() =>
      client.im.v1.message.list({ params: { ...params, ...(token ? { page_token: token } : {}) } }),
    );
    if (typeof called === 'string' || called.code !== 0) return null;
    return listed.safeParse(called.data).data ?? null;
  };

  return {
    send: (to: Recipient, content, uuid) =>
      checked(to.id, () =>
        client.im.v1.message.create({
          params: { receive_id_type: to.type === 'chat' ? 'chat_id' : 'open_id' },
          data: { receive_id: to.id, ...card(content, uuid) },
        }),
      ),
    reply: (messageId, content, uuid) =>
      checked(messageId, () =>
        client.im.v1.message.reply({ path: { message_id: messageId }, data: card(content, uuid) }),
      ),
    patch: (messageId, content) =>
      checked(
        messageId,
        () => client.im.v1.message.patch({ path: { message_id: messageId }, data: { content } }),
        messageId,
      ),
    findByCode: async (chatId, code, since) => {
      if (!idShape.test(chatId)) return 'unknown';
      let token: string | undefined;
      do {
        const found = await page(chatId, since, token);
        if (!found) return 'unknown';
        const hit = found.items.find((item) => item.body?.content.includes(`#${code}`));
        if (hit) return { messageId: hit.message_id };
        token = found.has_more ? (found.page_token ?? undefined) : undefined;
      } while (token);
      return null;
    },
    botOpenId: async () => {
      const info = z.object({ bot: z.object({ open_id: z.string() }) });
      const read = info.safeParse(
        await client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }).catch(() => null),
      );
      if (!read.success) throw new BotError('feishu.malformed', 'the bot could not learn its own id');
      return read.data.bot.open_id;
    },
  };
};
