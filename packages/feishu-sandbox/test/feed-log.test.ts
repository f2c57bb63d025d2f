import { afterEach, beforeEach, expect, test } from 'vitest';
import { create, decrypt, envelope, openStage, type Stage, sdkFor, text } from './helpers.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.stop());

const callsTo = async (path: string) => (await stage.control.calls()).items.filter((call) => call.path === path);

test('a call shows what was asked and answered, how long it took, and no secret', async () => {
  const { control, sdk, sandbox } = stage;
  await create(sdk, text('看得见'), { uuid: 'u-1' });
  const [sent] = await callsTo('/open-apis/im/v1/messages');
  expect(sent).toMatchObject({ method: 'POST', http: 200, code: 0, uuid: 'u-1', known: true });
  expect(sent?.ms).toBeGreaterThanOrEqual(0);
  const detail = await control.call(sent?.seq ?? 0);
  expect(detail).toMatchObject({
    query: { receive_id_type: 'chat_id' },
    request: { content: text('看得见'), msg_type: 'text', uuid: 'u-1' },
    response: { code: 0, data: { body: { content: text('看得见') } } },
  });

  const [asked] = await callsTo('/open-apis/auth/v3/tenant_access_token/internal');
  const token = await control.call(asked?.seq ?? 0);
  expect(token.request).toEqual({ app_id: sandbox.app.app_id, app_secret: '***' });
  expect(token.response).toMatchObject({ code: 0, tenant_access_token: '***' });
  await expect(control.call(999)).rejects.toMatchObject({ status: 404 });
});

test('neither the secret nor the bearer token is kept, wherever a bot puts them', async () => {
  const { control, sandbox } = stage;
  const token = 't-0123456789abcdef';
  const url = `${sandbox.url}/open-apis/im/v9/nothing?hint=${token}`;
  const body = JSON.stringify({ note: `${sandbox.app.app_secret} ${token}`, rest: '留下' });
  await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body });
  const [call] = await callsTo('/open-apis/im/v9/nothing');
  expect(call).toMatchObject({ http: 404, known: false });
  const detail = await control.call(call?.seq ?? 0);
  expect(detail).toMatchObject({ query: { hint: '***' }, request: { note: '*** ***', rest: '留下' } });
  expect(JSON.stringify(detail)).not.toContain(token);
  expect(JSON.stringify(detail)).not.toContain(sandbox.app.app_secret);
});

test('what is no JSON is told in short, what is long is cut, and only the latest 500 are remembered', async () => {
  const { control, sandbox } = stage;
  const sdk = sdkFor(sandbox);
  await sdk.im.file.create({ data: { file_type: 'stream', file_name: '表.xlsx', file: Buffer.alloc(300) } });
  const [upload] = await callsTo('/open-apis/im/v1/files');
  expect((await control.call(upload?.seq ?? 0)).request).toMatch(/^multipart\/form-data, \d{3} bytes$/);
  const post = (path: string, body: string): Promise<Response> =>
    fetch(`${sandbox.url}/open-apis/${path}`, { method: 'POST', body });
  await post('long', JSON.stringify({ long: '长'.repeat(100_000) }));
  await post('broken', '{"not json');
  const [long] = await callsTo('/open-apis/long');
  const { request } = await control.call(long?.seq ?? 0);
  expect(request).toMatch(/^\{"long":"长+…$/);
  expect(String(request)).toHaveLength(64 * 1024 + 1);
  const [broken] = await callsTo('/open-apis/broken');
  expect((await control.call(broken?.seq ?? 0)).request).toBe('{"not json');

  for (let n = 0; n < 500; n += 1) await post('more', '{}');
  expect(await control.call(long?.seq ?? 0)).toMatchObject({ query: {}, request: null, response: null });
  expect((await control.call((long?.seq ?? 0) + 500)).request).toEqual({});
});

test('an event shows its envelope, and for each attempt what was sent and answered', async () => {
  const { control, sandbox, bot } = stage;
  bot.answer = (index) => (index === 0 ? { status: 500, body: { broken: true } } : {});
  const { event_id } = await control.say({ as: 'A.secretary', text: '两次' });
  await control.advance('PT15S');
  const detail = await control.delivery(event_id ?? '');
  expect(detail).toMatchObject({ event_id, type: 'im.message.receive_v1', open: false, next_at: null });
  expect(detail.plain).toEqual(envelope(bot.received[0], sandbox.app.encrypt_key));
  expect(detail.attempts.map(({ status, trace }) => [status, trace?.answer])).toEqual([
    [500, '{"broken":true}'],
    [200, '{}'],
  ]);
  for (const [index, { trace }] of detail.attempts.entries()) {
    const received = bot.received[index];
    expect(trace?.body).toBe(received?.raw);
    expect(trace?.headers['X-Lark-Signature']).toBe(received?.headers['x-lark-signature']);
    expect(JSON.parse(decrypt(trace?.body ?? '', sandbox.app.encrypt_key))).toEqual(detail.plain);
  }
  await expect(control.delivery('nothing')).rejects.toMatchObject({ status: 404 });
});

test('the style of JSON is set like the scope of group messages', async () => {
  const { control, sandbox, bot } = stage;
  expect(await control.app()).toMatchObject({ json: 'compact', group_messages: 'mention' });
  expect(await control.patchApp({ json: 'spaced' })).toMatchObject({ json: 'spaced', group_messages: 'mention' });
  await control.say({ as: 'A.secretary', text: '空格' });
  expect(decrypt(bot.received[0]?.raw ?? '', sandbox.app.encrypt_key)).toContain('"schema": "2.0"');
});

test('files: pictures and PDF are shown, all else is saved, and nothing is guessed', async () => {
  const { control } = stage;
  const html = '<script>alert(1)</script>';
  const send = async (name: string, content: string): Promise<Headers> => {
    const base64 = Buffer.from(content, 'latin1').toString('base64');
    const { message_id } = await control.say({ as: 'A.secretary', files: [{ name, base64 }] });
    const [file] = (await control.message(message_id)).files;
    const response = await fetch(control.fileUrl(file?.key ?? ''));
    expect(Buffer.from(await response.arrayBuffer()).toString('latin1')).toBe(content);
    return response.headers;
  };
  for (const [name, content, type, disposition] of [
    ['照片.png', '\x89PNG....', 'image/png', 'inline'],
    ['照片.jpg', '\xff\xd8\xff....', 'image/jpeg', 'inline'],
    ['方案.pdf', '%PDF-1.7', 'application/pdf', 'inline'],
    ['页.html', html, 'application/octet-stream', 'attachment'],
    ['图.svg', `<svg>${html}</svg>`, 'application/octet-stream', 'attachment'],
    ['假.png', html, 'application/octet-stream', 'attachment'],
    ['记录.txt', 'abc', 'text/plain; charset=utf-8', 'attachment'],
  ] as const) {
    const headers = await send(name, content);
    expect([name, headers.get('content-type')]).toEqual([name, type]);
    expect(headers.get('content-disposition')).toBe(`${disposition}; filename*=UTF-8''${encodeURIComponent(name)}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  expect((await fetch(control.fileUrl('nothing'))).status).toBe(404);
});
