import { z } from 'zod';
import type { Recipient } from '../domain/rows.ts';
import { BotError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Messenger, Outcome } from '../ports/messenger.ts';
import { answer, type Called, classify } from './called.ts';
import { meaningOf } from './error-codes.ts';
import { searchHistory } from './history.ts';
import { lark } from './sdk.ts';
import { createTokenCache } from './token-cache.ts';

export type ClientOptions = {
  readonly appId: string;
  readonly appSecret: string;
  readonly domain: string;
  readonly clock: Clock;
  readonly timeoutMs?: number;
};

const sentMessage = z.object({ message_id: z.string(), chat_id: z.string().nullish() });
/** The SDK puts ids into paths as they are; only ids may get that far. */
const idShape = /^[a-z]+_[A-Za-z0-9_]+$/;

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
    findByCode: async ({ chatId, answered }, code, since) =>
      [chatId, answered ?? chatId].every((id) => idShape.test(id))
        ? searchHistory({ client, call }, { chatId, answered }, code, since)
        : 'unknown',
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
