import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMessenger } from '../../src/feishu/client.ts';
import { knownCodes, meaningOf } from '../../src/feishu/error-codes.ts';
import type { Messenger } from '../../src/ports/messenger.ts';
import { createHands } from '../support/fakes.ts';
import { type Loopback, type Next, startLoopback } from '../support/loopback.ts';

const secret = 'app-secret-canary';
let feishu: Loopback;
let messenger: Messenger;
let clock = createHands();
const printed: string[] = [];

beforeAll(() => {
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const)
    vi.spyOn(console, method).mockImplementation((...parts) => void printed.push(parts.map(String).join(' ')));
});
afterAll(() => vi.restoreAllMocks());
beforeEach(async () => {
  feishu = await startLoopback();
  clock = createHands();
  const app = { appId: 'cli_test', appSecret: secret, domain: feishu.url };
  messenger = createMessenger({ ...app, clock, timeoutMs: 150 });
});
afterEach(() => feishu.close());

const group = { type: 'chat', id: 'oc_1' } as const;
const card = '{"schema":"2.0"}';
const send = () => messenger.send(group, card, 'uuid-1');
const meet = (...next: readonly Next[]) => {
  feishu.next = [...next];
};
const sent = { body: { code: 0, data: { message_id: 'om_1', chat_id: 'oc_1' } } };
const dead = { body: { code: 99991663, msg: 'invalid access token' } };

describe('what Feishu answers', () => {
  it('is a message that was sent, with its uuid and content as given', async () => {
    meet(sent);
    expect(await send()).toEqual({ result: 'sent', messageId: 'om_1', chatId: 'oc_1' });
    expect(feishu.asked).toHaveLength(1);
    expect(feishu.asked[0]?.path).toBe('/open-apis/im/v1/messages?receive_id_type=chat_id');
    expect(JSON.parse(feishu.asked[0]?.body ?? '')).toEqual({
      receive_id: 'oc_1',
      msg_type: 'interactive',
      content: card,
      uuid: 'uuid-1',
    });
  });

  it('is the same for a reply, a patch and a private message', async () => {
    meet(sent);
    expect(await messenger.reply('om_0', card, 'uuid-2')).toMatchObject({ result: 'sent', messageId: 'om_1' });
    expect(await messenger.send({ type: 'person', id: 'ou_1' }, card, 'u')).toMatchObject({ result: 'sent' });
    meet({ body: { code: 0, data: {} } });
    expect(await messenger.patch('om_0', card)).toEqual({ result: 'sent', messageId: 'om_0', chatId: null });
    expect(feishu.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /open-apis/im/v1/messages/om_0/reply',
      'POST /open-apis/im/v1/messages?receive_id_type=open_id',
      'PATCH /open-apis/im/v1/messages/om_0',
    ]);
  });

  it.each(knownCodes.flatMap((code) => [200, 400].map((status) => [code, status] as const)))(
    'is code %i with HTTP %i, understood alike',
    async (code, status) => {
      meet({ status, body: { code, msg: 'canary' } });
      const outcome = await send();
      const meaning = meaningOf(code);
      if (meaning === 'refused' || meaning === 'puzzling') expect(outcome).toEqual({ result: meaning, code });
      else expect(outcome).toMatchObject({ result: 'later', scope: meaning === 'later-all' ? 'all' : 'chat' });
    },
  );

  it('is a limit with the time to wait', async () => {
    const body = { code: 99991400, msg: 'request trigger frequency limit' };
    meet({ status: 429, headers: { 'x-ogw-ratelimit-reset': '7' }, body });
    expect(await send()).toEqual({ result: 'later', afterMs: 7_000, scope: 'all' });
    meet({ status: 429, headers: { 'x-ogw-ratelimit-reset': 'soon' }, body });
    expect(await send()).toEqual({ result: 'later', afterMs: 1_000, scope: 'all' });
  });

  it.each([
    ['a page of the gateway', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['an error without a code', { status: 500, body: {} }],
    ['success without a message', { body: { code: 0 } }],
    ['something that is no JSON', { body: 'canary' }],
    ['a broken connection', 'reset'],
    ['nothing', 'hang'],
  ] satisfies [string, Next][])('is not known after %s', async (_name, next) => {
    meet(next);
    expect(await send()).toEqual({ result: 'unknown' });
    expect(feishu.asked).toHaveLength(1);
  });

  it('is nothing, and nothing was sent, when nobody listens', async () => {
    meet(sent);
    await send();
    await feishu.close();
    // The kept-alive connection breaks at first: of that call nobody knows.
    await send();
    expect(await send()).toEqual({ result: 'later', afterMs: 1_000, scope: 'chat' });
    feishu = await startLoopback();
  });
});

describe('the token', () => {
  it('is asked for once and kept for its time, by business time', async () => {
    meet(sent);
    await send();
    clock.at += 3_600_000;
    await send();
    expect(feishu.tokens.issued).toBe(1);
    clock.at += 3 * 3_600_000;
    await send();
    expect(feishu.tokens.issued).toBe(2);
  });
  it.each([200, 400])('that is dead is dropped, and the call made exactly once more (HTTP %i)', async (status) => {
    meet({ ...dead, status }, sent);
    expect(await send()).toMatchObject({ result: 'sent' });
    expect(feishu.asked.map(({ authorization }) => authorization)).toEqual(['Bearer t-secret-1', 'Bearer t-secret-2']);
  });
  it('that stays dead is not asked for over and over', async () => {
    meet(dead);
    expect(await send()).toMatchObject({ result: 'later', scope: 'chat' });
    expect(feishu.asked).toHaveLength(2);
    expect(feishu.tokens.issued).toBe(2);
  });
  it.each([
    ['is refused', { body: { code: 10014, msg: 'app secret invalid' } }],
    ['breaks off', 'reset'],
    ['is not answered', 'hang'],
    ['fails', { status: 500, body: '' }],
  ] satisfies [string, Next][])('is never worth losing a message for: asking for it %s', async (_name, reply) => {
    feishu.tokens.reply = reply;
    meet({ status: 400, body: { code: 99991661, msg: 'Missing access token' } });
    expect((await send()).result).toMatch(/^(?:later|unknown)$/);
  });
});

describe('ids', () => {
  it.each(['', '../../x', 'oc_1/../../auth', 'om_1?x=1', 'https://example.com', 'OC_1'])(
    'that are none never get into a path: %j',
    async (id) => {
      const refused = { result: 'refused', code: 230001 };
      expect(await messenger.send({ type: 'chat', id }, card, 'u')).toEqual(refused);
      expect(await messenger.reply(id, card, 'u')).toEqual(refused);
      expect(await messenger.patch(id, card)).toEqual(refused);
      expect(await messenger.findByCode({ chatId: id, answered: null }, '7K2QX', new Date(0))).toBe('unknown');
      expect(feishu.asked).toEqual([]);
    },
  );
});

describe('looking for a card by its code', () => {
  const page = (contents: readonly string[], token?: string): Next => ({
    body: {
      code: 0,
      data: {
        items: contents.map((content, index) => ({ message_id: `om_${content}_${index}`, body: { content } })),
        ...(token ? { has_more: true, page_token: token } : {}),
      },
    },
  });
  const chat = { chatId: 'oc_1', answered: null };
  const about = (thread: string | null): Next => ({
    body: { code: 0, data: { items: [{ message_id: 'om_1', ...(thread ? { thread_id: thread } : {}) }] } },
  });

  it('reads page after page', async () => {
    meet(page(['a'], 'next'), page(['依据 · #7K2QX']));
    expect(await messenger.findByCode(chat, '7K2QX', clock.now())).toEqual({ messageId: 'om_依据 · #7K2QX_0' });
    expect(feishu.asked[1]?.path).toContain('page_token=next');
  });
  it('looks into the topic of the answered message too, which the history of the chat leaves out', async () => {
    const inTopic = { chatId: 'oc_1', answered: 'om_1' };
    meet(page(['a']), about('omt_1'), page(['依据 · #7K2QX']));
    expect(await messenger.findByCode(inTopic, '7K2QX', clock.now())).toEqual({ messageId: 'om_依据 · #7K2QX_0' });
    expect(feishu.asked[2]?.path).toContain('container_id_type=thread&container_id=omt_1');
    meet(page(['a']), about(null));
    expect(await messenger.findByCode(inTopic, '7K2QX', clock.now())).toBeNull();
    meet(page(['a']), { body: { code: 230110 } });
    expect(await messenger.findByCode(inTopic, '7K2QX', clock.now())).toBe('unknown');
  });
  it('says when it is not there, and when nobody knows', async () => {
    meet(page(['a']));
    expect(await messenger.findByCode(chat, '7K2QX', clock.now())).toBeNull();
    for (const next of ['reset', { body: { code: 230002 } }] satisfies Next[]) {
      meet(next);
      expect(await messenger.findByCode(chat, '7K2QX', clock.now())).toBe('unknown');
    }
  });
});

describe('its own id', () => {
  it('is learned, or the bot says that it could not', async () => {
    meet({ body: { code: 0, bot: { open_id: 'ou_bot' } } });
    expect(await messenger.botOpenId()).toBe('ou_bot');
    meet({ status: 400, body: { code: 99991672, msg: `scope missing ${secret}` } });
    const error = await messenger.botOpenId().catch((thrown: unknown) => String(thrown));
    expect(error).toContain('feishu.malformed');
    printed.push(String(error));
  });
});

describe('secrets', () => {
  it('were in nothing that was printed or thrown by all of the above', () => {
    expect(printed.join('\n')).not.toMatch(/canary|t-secret/);
  });
});
