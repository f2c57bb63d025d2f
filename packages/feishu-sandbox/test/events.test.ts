import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { button, card, create, decrypt, envelope, GROUP, idOf, openStage, type Stage } from './helpers.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());
beforeEach(async () => {
  stage.bot.answer = () => ({});
  await stage.control.patchApp({ group_messages: 'mention' });
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

test('recall, reaction, and the bot coming and going', async () => {
  const { bot, control, sandbox } = stage;
  const said = await control.say({ as: 'A.secretary', text: '撤' });
  await control.recall({ message_id: said.message_id, as: 'A.secretary' });
  await control.react({ message_id: said.message_id, as: 'A.secretary', emoji: 'OK' });
  await control.members({ chat: 'B', add: ['bot', 'A.secretary'] });
  await control.members({ chat: 'B', remove: ['bot'] });
  const types = bot.received.map((one) => envelope(one, sandbox.app.encrypt_key).header.event_type);
  expect(types).toEqual([
    'im.message.receive_v1',
    'im.message.recalled_v1',
    'im.message.reaction.created_v1',
    'im.chat.member.bot.added_v1',
    'im.chat.member.bot.deleted_v1',
  ]);
  expect((await control.messages()).items.at(-1)).toMatchObject({ recalled: true });
});

test('verification of the request address', async () => {
  const { bot, control, sandbox } = stage;
  expect(await control.verify()).toMatchObject({ ok: false, status: 200 });
  expect(bot.received[0]?.headers['x-lark-signature']).toBeUndefined();
  const challenge = JSON.parse(decrypt(bot.received[0]?.raw ?? '', sandbox.app.encrypt_key)) as object;
  expect(challenge).toMatchObject({ type: 'url_verification', token: sandbox.app.verification_token });
});

const FORM = card([
  {
    tag: 'form',
    name: 'f',
    elements: [
      { tag: 'input', name: 'place', required: true },
      { tag: 'date_picker', name: 'day', initial_date: '2026-11-20' },
      { tag: 'select_person', name: 'who', options: [] },
      button('提交', {
        name: 'save',
        form_action_type: 'submit',
        behaviors: [{ type: 'callback', value: { op: 'save' } }],
      }),
    ],
  },
  button('知道了', { behaviors: [{ type: 'callback', value: { op: 'ack', n: 1 } }] }),
]);

async function sendForm(): Promise<string> {
  const sent = await create(stage.sdk, FORM, { msgType: 'interactive' });
  return sent.data?.message_id ?? '';
}

test('a click carries value and form, shows the toast and replaces the card', async () => {
  const { bot, control, sandbox } = stage;
  const message_id = await sendForm();
  bot.answer = () => ({
    body: { toast: { type: 'success', content: '已记下' }, card: { type: 'raw', data: JSON.parse(card([], '完')) } },
  });
  await expect(control.click({ message_id, as: 'A.secretary', name: 'save' })).rejects.toThrow('place is required');
  expect(bot.received).toHaveLength(0);
  const filled = { place: '党史馆', who: 'A.member.01' };
  const clicked = await control.click({ message_id, as: 'A.secretary', name: 'save', form_value: filled });
  expect(clicked).toMatchObject({
    status: 200,
    toast: { type: 'success', content: '已记下' },
    card: 'updated',
    code: null,
  });
  const { header, event } = envelope(bot.received[0], sandbox.app.encrypt_key);
  expect(header.event_type).toBe('card.action.trigger');
  expect(event).toMatchObject({
    operator: { open_id: idOf('ou_', 'A.secretary') },
    token: expect.stringMatching(/^c-/),
    action: {
      tag: 'button',
      name: 'save',
      value: { op: 'save' },
      form_value: { place: '党史馆', day: '2026-11-20 +0800', who: idOf('ou_', 'A.member.01') },
    },
    context: { open_message_id: message_id, open_chat_id: GROUP },
  });
  const shown = (await control.messages()).items.find((message) => message.message_id === message_id);
  expect(shown).toMatchObject({ text: '完', version: 2 });
});

test('a button is found by its value or its text; failures show the codes of the platform', async () => {
  const { bot, control } = stage;
  const message_id = await sendForm();
  const press = () => control.click({ message_id, as: 'A.member.01', value: { n: 1, op: 'ack' } });
  expect(await control.click({ message_id, as: 'A.member.01', text: '知道了' })).toMatchObject({
    status: 200,
    toast: null,
    code: null,
  });
  const answers: [object, number][] = [
    [{ status: 204, body: '' }, 200671],
    [{ status: 500 }, 200671],
    [{ body: 'ok' }, 200672],
    [{ body: { card: { type: 'raw', data: { schema: '2.0', body: { elements: [{ tag: 'note' }] } } } } }, 200673],
    [{ body: { card: { type: 'raw', data: { elements: [] } } } }, 200830],
  ];
  for (const [answer, code] of answers) {
    bot.answer = () => answer;
    expect(await press()).toMatchObject({ code, card: null });
  }
  bot.answer = () => ({ delay: 3300 });
  expect(await press()).toMatchObject({ code: 200341, status: 0 });
  await control.patchApp({ webhook: 'http://127.0.0.1:9/none' });
  expect(await press()).toMatchObject({ code: 200342 });
  await control.patchApp({ webhook: bot.url });
  expect(bot.received).toHaveLength(7);
});
