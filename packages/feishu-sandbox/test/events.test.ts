import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { create, decrypt, envelope, GROUP, idOf, openStage, type Received, type Stage } from './helpers.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());
beforeEach(async () => {
  stage.bot.answer = () => ({});
  await stage.control.patchApp({ group_messages: 'mention', json: 'compact' });
  await stage.control.advance('P1D');
  stage.bot.received.length = 0;
});

test('an event is encrypted, signed over its exact bytes, and has the shape of the documents', async () => {
  const { bot, control, sandbox } = stage;
  const { encrypt_key, ...app } = sandbox.app;
  const said = await control.say({ chat: 'A', as: 'A.secretary', text: '/记录 @赵甲 到了', mention: true });
  expect(said).toMatchObject({ status: 200 });
  const [one] = bot.received;
  const header = (name: string): string => String(one?.headers[name]);
  const seconds = header('x-lark-request-timestamp');
  expect(Number(seconds) * 1000).toBe(Date.parse((await control.clock()).now));
  const hashed = seconds + header('x-lark-request-nonce') + encrypt_key + one?.raw;
  expect(header('x-lark-signature')).toBe(createHash('sha256').update(hashed).digest('hex'));
  expect(decrypt(one?.raw ?? '', encrypt_key)).not.toMatch(/": /);
  const { schema, header: head, event } = envelope(one, encrypt_key);
  expect({ schema, head }).toMatchObject({
    schema: '2.0',
    head: {
      event_id: said.event_id,
      event_type: 'im.message.receive_v1',
      token: app.verification_token,
      app_id: app.app_id,
    },
  });
  expect(event).toMatchObject({
    sender: { sender_id: { open_id: idOf('ou_', 'A.secretary') }, sender_type: 'user', tenant_key: app.tenant_key },
    message: {
      message_id: said.message_id,
      chat_id: GROUP,
      chat_type: 'group',
      message_type: 'text',
      content: JSON.stringify({ text: '@_user_1 /记录 @_user_2 到了' }),
      mentions: [
        { key: '@_user_1', id: { open_id: (await control.app()).bot.open_id }, name: '支部助手' },
        { key: '@_user_2', id: { open_id: idOf('ou_', 'A.member.01') }, name: '赵甲' },
      ],
    },
  });
});

test('in groups only what mentions the bot, unless all messages are granted; private messages always', async () => {
  const { bot, control } = stage;
  const quiet = await control.say({ chat: 'A', as: 'A.secretary', text: '没叫它' });
  expect(quiet).toMatchObject({ event_id: null, status: null });
  expect(await control.say({ as: 'A.secretary', text: '私下' })).toMatchObject({ status: 200 });
  expect(await control.say({ chat: 'B', as: 'B.secretary', text: '它不在', mention: true })).toMatchObject({
    status: null,
  });
  await control.patchApp({ group_messages: 'all' });
  expect(await control.say({ chat: 'A', as: 'A.secretary', text: '没叫它' })).toMatchObject({ status: 200 });
  expect(bot.received).toHaveLength(2);
});

test('what fails is repeated after 15 s, 5 min, 1 h and 6 h with a new signature, then given up', async () => {
  const { bot, control, sandbox } = stage;
  bot.answer = () => ({ status: 204 });
  const said = await control.say({ as: 'A.secretary', text: '失败' });
  expect(said.status).toBe(204);
  const waits = ['PT14S', 'PT1S', 'PT4M59S', 'PT1S', 'PT59M59S', 'PT1S', 'PT5H59M59S', 'PT1S', 'P2D'];
  const counts: number[] = [];
  for (const wait of waits) {
    await control.advance(wait);
    counts.push(bot.received.length);
  }
  expect(counts).toEqual([1, 2, 2, 3, 3, 4, 4, 5, 5]);
  const ids = bot.received.map((one) => envelope(one, sandbox.app.encrypt_key).header.event_id);
  expect(new Set(ids)).toEqual(new Set([said.event_id]));
  expect(new Set(bot.received.map(({ headers }) => headers['x-lark-signature'])).size).toBe(5);
  const delivery = (await control.deliveries()).items.find(({ event_id }) => event_id === said.event_id);
  expect(delivery).toMatchObject({ open: false, next_at: null });
  expect(delivery?.attempts).toHaveLength(5);
});

test('a success ends the repeats; a bot that takes longer than 3 s has not answered', async () => {
  const { bot, control } = stage;
  bot.answer = (index) => (index === 0 ? { delay: 3300 } : {});
  const said = await control.say({ as: 'A.secretary', text: '慢' });
  expect(said.status).toBe(0);
  expect(said.ms).toBeGreaterThan(2900);
  await control.advance('PT1H');
  expect(bot.received).toHaveLength(2);
  await control.settle(1000);
});

test('redelivery under the same and under fresh event ids', async () => {
  const { bot, control, sandbox } = stage;
  const said = await control.say({ as: 'A.secretary', text: '再来' });
  const same = await control.redeliver(said.event_id ?? '', { times: 3 });
  expect(same.results).toMatchObject([{ status: 200 }, { status: 200 }, { status: 200 }]);
  await control.redeliver(said.event_id ?? '', { times: 5, parallel: true, fresh_event_id: true });
  const all = bot.received.map((one) => envelope(one, sandbox.app.encrypt_key));
  expect(new Set(all.map(({ header }) => header.event_id)).size).toBe(6);
  expect(new Set(all.map(({ event }) => JSON.stringify(event))).size).toBe(1);
});

test('events go out twice, swapped, or lose their acknowledgement when a fault says so', async () => {
  const { bot, control, sandbox } = stage;
  const texts = (): unknown[] =>
    bot.received.map((one) =>
      (envelope(one, sandbox.app.encrypt_key).event.message as { content: string }).content.slice(9, -2),
    );
  await control.addFault({ match: { path: 'im.message.receive_v1' }, kind: 'reorder' });
  expect((await control.say({ as: 'A.secretary', text: '一' })).status).toBeNull();
  await control.say({ as: 'A.secretary', text: '二' });
  await control.settle(2000);
  expect(texts()).toEqual(['二', '一']);
  await control.addFault({ match: { path: '/feishu/webhook' }, kind: 'duplicate' });
  await control.say({ as: 'A.secretary', text: '双' });
  expect(texts().slice(2)).toEqual(['双', '双']);
  await control.addFault({ match: { path: 'im.message.receive_v1' }, kind: 'drop-after' });
  expect((await control.say({ as: 'A.secretary', text: '丢' })).status).toBe(0);
  await control.advance('PT15S');
  expect(texts().slice(4)).toEqual(['丢', '丢']);
});

const typeOf = (one: Received): string => envelope(one, stage.sandbox.app.encrypt_key).header.event_type;
const eventOf = (one: Received | undefined): object => envelope(one, stage.sandbox.app.encrypt_key).event;

test('recall, reactions, reading, and the bot coming and going', async () => {
  const { bot, control, sdk } = stage;
  const said = await control.say({ as: 'A.secretary', text: '撤' });
  const { message_id } = said;
  await control.react({ message_id, as: 'A.secretary', emoji: 'OK' });
  await control.react({ message_id, as: 'A.secretary', emoji: 'OK', remove: true });
  await control.recall({ message_id, as: 'A.secretary' });
  const own = await create(sdk, JSON.stringify({ text: '读' }), { type: 'open_id' }, idOf('ou_', 'A.secretary'));
  await control.read({ message_id: own.data?.message_id ?? '', as: 'A.secretary' });
  await control.members({ chat: 'B', add: ['bot', 'A.secretary'] });
  await control.members({ chat: 'B', remove: ['bot'] });
  expect(bot.received.map(typeOf)).toEqual([
    'im.message.receive_v1',
    'im.message.reaction.created_v1',
    'im.message.reaction.deleted_v1',
    'im.message.recalled_v1',
    'im.message.message_read_v1',
    'im.chat.member.bot.added_v1',
    'im.chat.member.bot.deleted_v1',
  ]);
  expect(eventOf(bot.received[2])).toMatchObject({ message_id, reaction_type: { emoji_type: 'OK' } });
  expect((await control.messages()).items.find((one) => one.message_id === message_id)).toMatchObject({
    recalled: true,
  });
});

test('people who come and go are told of while the bot is in the group, each change in one event', async () => {
  const { bot, control, sandbox } = stage;
  const change = { chat: 'A', as: 'A.secretary' };
  const came = await control.members({ ...change, add: ['B.secretary', 'B.secretary', 'A.secretary'] });
  expect(came).toMatchObject({ status: 200 });
  await control.members({ ...change, remove: ['B.secretary'] });
  expect(await control.members({ ...change, remove: ['B.secretary'] })).toMatchObject({ event_id: null });
  expect(await control.members({ chat: 'B', add: ['A.member.01'] })).toMatchObject({ event_id: null });
  await control.members({ chat: 'B', remove: ['A.member.01'] });
  expect(bot.received.map(typeOf)).toEqual(['im.chat.member.user.added_v1', 'im.chat.member.user.deleted_v1']);
  const { tenant_key } = sandbox.app;
  expect(eventOf(bot.received[0])).toMatchObject({
    chat_id: GROUP,
    operator_id: { open_id: idOf('ou_', 'A.secretary') },
    users: [{ tenant_key, user_id: { open_id: idOf('ou_', 'B.secretary'), union_id: idOf('on_', 'B.secretary') } }],
  });
});

test('JSON with spaces says the same, under a signature over the spaces', async () => {
  const { bot, control, sandbox } = stage;
  const { encrypt_key } = sandbox.app;
  expect(await control.patchApp({ json: 'spaced' })).toMatchObject({ json: 'spaced', group_messages: 'mention' });
  const said = await control.say({ as: 'A.secretary', text: '空 格：{"a":1}\n"b" : 2' });
  await control.redeliver(said.event_id ?? '', { fresh_event_id: true });
  const [one, again] = bot.received;
  expect(one?.raw).toMatch(/^\{ "encrypt": "/);
  expect(decrypt(one?.raw ?? '', encrypt_key)).toContain('"schema": "2.0", "header": { "event_id": ');
  const head = (name: string): string => String(one?.headers[name]);
  const hashed = head('x-lark-request-timestamp') + head('x-lark-request-nonce') + encrypt_key + one?.raw;
  expect(head('x-lark-signature')).toBe(createHash('sha256').update(hashed).digest('hex'));
  await control.patchApp({ json: 'compact' });
  await control.redeliver(said.event_id ?? '');
  expect(bot.received[2]?.raw).toMatch(/^\{"encrypt":"/);
  expect(eventOf(one)).toEqual(eventOf(bot.received[2]));
  expect(eventOf(one)).toEqual(eventOf(again));
});

test('a redirect is a failure and is not followed', async () => {
  const { bot, control } = stage;
  const away = { status: 302, headers: { location: `${bot.url}/elsewhere` } };
  bot.answer = (index) => (index === 0 ? away : {});
  expect(await control.say({ as: 'A.secretary', text: '别处' })).toMatchObject({ status: 302 });
  expect(bot.received).toHaveLength(1);
  await control.advance('PT15S');
  expect(bot.received).toHaveLength(2);
});

test('without an address nothing arrives, until there is one', async () => {
  const { bot, control } = stage;
  await control.patchApp({ webhook: '' });
  expect(await control.say({ as: 'A.secretary', text: '无处' })).toMatchObject({ status: 0 });
  expect(await control.verify()).toMatchObject({ ok: false, why: 'unset' });
  await control.patchApp({ webhook: bot.url });
  await control.advance('PT15S');
  expect(bot.received).toHaveLength(1);
});

test('a post is received in another form than it is sent', async () => {
  const { bot, control, sdk } = stage;
  const nodes = [
    [
      { tag: 'text', text: '请' },
      { tag: 'at', user_id: idOf('ou_', 'A.member.01') },
      { tag: 'at', user_id: 'all' },
    ],
    [{ tag: 'md', text: '**要点** <at user_id="all"></at>' }],
  ];
  const sent = await create(sdk, JSON.stringify({ zh_cn: { title: '题', content: nodes } }), { msgType: 'post' });
  expect(JSON.parse(sent.data?.body?.content ?? '')).toMatchObject({
    title: '题',
    content: [
      [{ tag: 'text', text: '请' }, { tag: 'at', user_id: '@_user_1', user_name: '赵甲' }, { user_id: '@_all' }],
      [{ tag: 'text', text: '**要点** @_all' }],
    ],
  });
  const picture = { name: '图.png', base64: Buffer.from('p').toString('base64') };
  await control.say({ chat: 'A', as: 'A.secretary', text: '看 @赵甲', mention: true, files: [picture] });
  const { message } = eventOf(bot.received[0]) as { message: { content: string; message_type: string } };
  expect(message.message_type).toBe('post');
  expect(JSON.parse(message.content)).toMatchObject({
    content: [
      [{ tag: 'at', user_id: '@_user_1' }, { tag: 'text' }, { tag: 'at', user_id: '@_user_2', user_name: '赵甲' }],
      [{ tag: 'img' }],
    ],
  });
});

test('verification of the request address', async () => {
  const { bot, control, sandbox } = stage;
  expect(await control.verify()).toMatchObject({ ok: false, status: 200 });
  expect(bot.received[0]?.headers['x-lark-signature']).toBeUndefined();
  const challenge = JSON.parse(decrypt(bot.received[0]?.raw ?? '', sandbox.app.encrypt_key)) as object;
  expect(challenge).toMatchObject({ type: 'url_verification', token: sandbox.app.verification_token });
  bot.answer = () => ({ body: { challenge: 'another' } });
  expect(await control.verify()).toMatchObject({ ok: false, why: 'another challenge came back' });
  bot.answer = (index) => {
    const asked = JSON.parse(decrypt(bot.received[index]?.raw ?? '', sandbox.app.encrypt_key));
    return { body: { challenge: asked.challenge } };
  };
  expect(await control.verify()).toMatchObject({ ok: true, status: 200, why: null });
});

test('opening the private chat is told each time', async () => {
  const { bot, control, sandbox } = stage;
  for (let time = 0; time < 2; time += 1)
    expect(await control.enter({ as: 'A.secretary' })).toMatchObject({ status: 200 });
  const told = bot.received.map((one) => envelope(one, sandbox.app.encrypt_key));
  expect(told.map(({ header }) => header.event_type)).toEqual(
    Array(2).fill('im.chat.access_event.bot_p2p_chat_entered_v1'),
  );
  expect(told[0]?.event).toMatchObject({ operator_id: { open_id: idOf('ou_', 'A.secretary') } });
});
