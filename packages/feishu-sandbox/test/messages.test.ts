import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bytesOf } from './contract/download.ts';
import { button, card, create, GROUP, idOf, openStage, refusal, type Stage, text } from './helpers.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());
// A minute on the sandbox's clock empties every rate window.
beforeEach(() => stage.control.advance('PT1M').then(() => undefined));

test('send, get, reply, edit, list and recall through the unmodified SDK', async () => {
  const { sdk, control } = stage;
  const sent = await create(sdk, text('第一条 <at user_id="ou_nobody">谁</at> <b>粗</b>'));
  const id = sent.data?.message_id ?? '';
  expect(sent).toMatchObject({
    code: 0,
    msg: 'success',
    data: { chat_id: GROUP, msg_type: 'text', sender: { sender_type: 'app' } },
  });
  expect(id).toMatch(/^om_[0-9a-f]{32}$/);
  const got = await sdk.im.message.get({ path: { message_id: id } });
  expect(got.data?.items?.[0]?.body?.content).toBe(text('第一条 @谁 粗'));
  const mention = `<at user_id="${idOf('ou_', 'A.secretary')}">王辛</at> 请看`;
  const reply = await sdk.im.message.reply({
    path: { message_id: id },
    data: { msg_type: 'text', content: text(mention) },
  });
  expect(reply.data).toMatchObject({ root_id: id, parent_id: id, body: { content: text('@_user_1 请看') } });
  expect(reply.data?.mentions?.[0]).toMatchObject({ key: '@_user_1', id_type: 'open_id', name: '王辛' });
  await sdk.im.message.update({ path: { message_id: id }, data: { msg_type: 'text', content: text('改过') } });
  const history = {
    container_id_type: 'chat',
    container_id: GROUP,
    sort_type: 'ByCreateTimeDesc' as const,
    page_size: 1,
  };
  const first = await sdk.im.message.list({ params: history });
  expect(first.data).toMatchObject({ has_more: true, items: [{ message_id: reply.data?.message_id }] });
  const second = await sdk.im.message.list({ params: { ...history, page_token: first.data?.page_token ?? '' } });
  expect(second.data?.items?.[0]).toMatchObject({ message_id: id, updated: true, body: { content: text('改过') } });
  await sdk.im.message.delete({ path: { message_id: id } });
  expect((await sdk.im.message.get({ path: { message_id: id } })).data?.items?.[0]).toMatchObject({ deleted: true });
  const { items } = await control.messages({ chat: 'A', from: 'bot' });
  expect(items.map(({ text: shown, recalled }) => [shown, recalled])).toEqual([
    ['改过', true],
    ['@王辛 请看', false],
  ]);
});

test('a card: texts and buttons in the control API, patched in place, degraded when it is read', async () => {
  const { sdk, control } = stage;
  const content = card([
    { tag: 'markdown', content: '**应到** 14 <font color="grey">依据</font> &#60;原文&#62;' },
    { tag: 'column_set', columns: [{ tag: 'column', elements: [button('知道了', { name: 'ack' })] }] },
  ]);
  const sent = await create(sdk, content, { msgType: 'interactive' });
  const id = sent.data?.message_id ?? '';
  const find = async () => (await control.messages()).items.find(({ message_id }) => message_id === id);
  expect(await find()).toMatchObject({
    type: 'interactive',
    text: '标题\n应到 14 依据 <原文>\n知道了',
    buttons: [{ name: 'ack', text: '知道了' }],
    version: 1,
  });
  expect(await sdk.im.message.patch({ path: { message_id: id }, data: { content: card([], '新') } })).toMatchObject({
    code: 0,
  });
  expect(await find()).toMatchObject({ text: '新', version: 2 });
  const read = await sdk.im.message.get({ path: { message_id: id } });
  expect(JSON.parse(read.data?.items?.[0]?.body?.content ?? '')).toEqual({ title: '新', elements: [] });
});

test('one uuid makes one message within an hour of the sandbox clock', async () => {
  const { sdk, control } = stage;
  const first = await create(sdk, text('一次'), { uuid: 'same' });
  const again = await create(sdk, text('一次'), { uuid: 'same' });
  expect(again.data?.message_id).toBe(first.data?.message_id);
  await control.advance('PT59M59S');
  expect((await create(sdk, text('一次'), { uuid: 'same' })).data?.message_id).toBe(first.data?.message_id);
  await control.advance('PT1S');
  expect((await create(sdk, text('一次'), { uuid: 'same' })).data?.message_id).not.toBe(first.data?.message_id);
  expect((await control.messages()).items.filter(({ uuid }) => uuid === 'same')).toHaveLength(2);
});

test('five messages a second for one chat, fifty calls a second for one API, and how long to wait', async () => {
  const { sdk, control } = stage;
  for (let n = 0; n < 5; n += 1) await create(sdk, text('快'));
  expect(await refusal(create(sdk, text('快')))).toMatchObject({ http: 400, code: 230020 });
  await control.advance('PT1S');
  await create(sdk, text('又行'));
  await control.advance('PT1M');
  const info = (): Promise<unknown> => sdk.request({ method: 'GET', url: '/open-apis/bot/v3/info' });
  await Promise.all(Array.from({ length: 50 }, info));
  const limited = await refusal(info());
  expect(limited).toMatchObject({ http: 429, code: 99991400 });
  expect(limited.headers).toMatchObject({ 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': '1' });
});

test('a file keeps its name, whatever is in it', async () => {
  const { sdk, control } = stage;
  const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 128, 1]);
  const upload = await sdk.im.file.create({ data: { file_type: 'stream', file_name: '名册 1.xlsx', file: bytes } });
  await create(sdk, JSON.stringify({ file_key: upload?.file_key }), { msgType: 'file' });
  expect((await control.messages()).items.at(-1)).toMatchObject({ type: 'file', text: '名册 1.xlsx' });
  const download = await bytesOf(sdk.im.file.get({ path: { file_key: upload?.file_key ?? '' } }));
  expect(download.equals(bytes)).toBe(true);
});

test('an unknown path, a foreign Host and a foreign Origin are refused', async () => {
  const { sandbox } = stage;
  expect((await fetch(`${sandbox.url}/sandbox/nothing`)).status).toBe(404);
  const { request } = await import('node:http');
  const statusFor = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve) =>
      request(`${sandbox.url}/sandbox/clock`, { headers }, (res) => resolve(res.resume().statusCode ?? 0)).end(),
    );
  expect(await statusFor({ host: 'evil.example' })).toBe(403);
  expect(await statusFor({ origin: 'http://evil.example' })).toBe(403);
  expect(await statusFor({})).toBe(200);
});
