import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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
  await control.advance('P15D');
  expect(await refusal(sdk.im.message.patch({ path: { message_id: id }, data: { content } }))).toMatchObject({
    code: 230031,
  });
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

test('five messages a second for one chat, fifty calls a second and a thousand a minute for one API', async () => {
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
  for (let second = 1; second < 20; second += 1) {
    await control.advance('PT1S');
    await Promise.all(Array.from({ length: 50 }, info));
  }
  await control.advance('PT1S');
  const minute = await refusal(info());
  expect(minute.headers).toMatchObject({ 'x-ogw-ratelimit-limit': '1000', 'x-ogw-ratelimit-reset': '40' });
});

test('who may be written to', async () => {
  const { sdk } = stage;
  expect(await refusal(create(sdk, text('x'), {}, idOf('oc_', 'B')))).toMatchObject({ code: 230002 });
  expect(await refusal(create(sdk, text('x'), {}, idOf('oc_', 'nowhere')))).toMatchObject({ code: 230034 });
  expect(await refusal(create(sdk, text('x'), { type: 'open_id' }, idOf('ou_', 'nobody')))).toMatchObject({
    code: 99992351,
  });
  expect(await refusal(create(sdk, '不是JSON'))).toMatchObject({ code: 230001 });
  const own = await create(sdk, text('私聊'), { type: 'open_id' }, idOf('ou_', 'A.member.01'));
  expect(own.data?.chat_id).toBe(idOf('oc_', 'p2p:A.member.01'));
});

test('people, chats, files, readers, urgent messages', async () => {
  const { sdk, control } = stage;
  const user = await sdk.contact.user.get({ path: { user_id: idOf('ou_', 'A.secretary') } });
  expect(user.data?.user).toMatchObject({ name: '王辛', union_id: idOf('on_', 'A.secretary') });
  const members = await sdk.im.chatMembers.get({ path: { chat_id: GROUP }, params: { page_size: 2 } });
  expect(members.data).toMatchObject({ member_total: 3, has_more: true });
  expect((await sdk.im.chat.get({ path: { chat_id: GROUP } })).data).toMatchObject({
    name: '第一支部工作群',
    user_count: '3',
  });
  const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 128, 1]);
  const upload = await sdk.im.file.create({ data: { file_type: 'stream', file_name: '名册 1.xlsx', file: bytes } });
  const sent = await create(sdk, JSON.stringify({ file_key: upload?.file_key }), { msgType: 'file' });
  const message_id = sent.data?.message_id ?? '';
  expect((await control.messages()).items.at(-1)).toMatchObject({ type: 'file', text: '名册 1.xlsx' });
  await control.read({ message_id, as: 'A.member.01' });
  const readers = await sdk.im.message.readUsers({ path: { message_id }, params: { user_id_type: 'open_id' } });
  expect(readers.data?.items?.map(({ user_id }) => user_id)).toEqual([idOf('ou_', 'A.member.01')]);
  const ids = [idOf('ou_', 'A.secretary'), idOf('ou_', 'B.secretary')];
  const urgent = await sdk.im.message.urgentApp({
    path: { message_id },
    params: { user_id_type: 'open_id' },
    data: { user_id_list: ids },
  });
  expect(urgent.data?.invalid_user_id_list).toEqual([ids[1]]);
  const said = await control.say({
    as: 'A.secretary',
    files: [{ name: '照片.png', base64: bytes.toString('base64') }],
  });
  const { items } = await control.messages({ chat: 'A.secretary' });
  const key = items.at(-1)?.files[0]?.key ?? '';
  const resource = await sdk.im.messageResource.get({
    path: { message_id: said.message_id, file_key: key },
    params: { type: 'image' },
  });
  const chunks: Buffer[] = [];
  for await (const chunk of resource.getReadableStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
});

test('an unknown path is named, a foreign Host and a foreign Origin are refused', async () => {
  const { sandbox } = stage;
  const unknown = await fetch(`${sandbox.url}/open-apis/im/v9/nothing`);
  expect(unknown.status).toBe(404);
  expect(await unknown.text()).toContain('/open-apis/im/v9/nothing');
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
