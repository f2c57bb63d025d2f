import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { codeWords } from '../../page/developer/code-words.ts';
import { attemptCurl, callCurl } from '../../page/developer/curl.ts';
import { FAULTS, kindWords, matchOf, targetText } from '../../page/developer/fault-words.ts';
import { parsed, pretty } from '../../page/developer/json.ts';
import { patternOf, shortPath } from '../../page/developer/paths.ts';
import { reckonSignature, signedOf } from '../../page/developer/signature.ts';
import { callWords, eventWords } from '../../page/developer/words.ts';
import { ROUTES } from '../../src/api/routes.ts';
import type { CallDetail } from '../../src/client.ts';
import { faultSchema } from '../../src/core/faults.ts';
import { REFUSALS } from '../../src/core/refusals.ts';
import { encrypt, signedHeaders } from '../../src/events/crypto.ts';

const KEY = 'an-encrypt-key';
const body = JSON.stringify({ encrypt: encrypt('{"schema":"2.0","text":"你好"}', KEY) });

test('the signature that the page reckons is the one that was sent', async () => {
  const signed = signedOf(signedHeaders(body, KEY, Date.parse('2026-11-24T10:00:00+08:00')));
  if (!signed) throw new Error('unsigned');
  expect(await reckonSignature(signed, KEY, body)).toBe(signed.signature);
  expect(await reckonSignature(signed, KEY, `${body} `)).not.toBe(signed.signature);
  expect(await reckonSignature(signed, 'another key', body)).not.toBe(signed.signature);
});

test('headers are found whatever their case; a push without them is unsigned', () => {
  const headers = { 'x-lark-request-timestamp': '1', 'X-LARK-REQUEST-NONCE': '2', 'X-Lark-Signature': '3' };
  expect(signedOf(headers)).toEqual({ timestamp: '1', nonce: '2', signature: '3' });
  expect(signedOf({ 'content-type': 'application/json' })).toBeNull();
});

test('the command of a push carries its bytes and its headers, quoted for the shell', () => {
  const trace = { headers: { 'Content-Length': '9', 'X-Lark-Signature': 'abc' }, body: `{"a":"it's"}`, answer: '{}' };
  expect(attemptCurl('http://127.0.0.1:9/hook', trace)).toBe(
    [
      `curl -sS -X POST 'http://127.0.0.1:9/hook'`,
      `-H 'Content-Type: application/json; charset=utf-8'`,
      `-H 'X-Lark-Signature: abc'`,
      `--data-binary '{"a":"it'\\''s"}'`,
    ].join(' \\\n  '),
  );
});

const call: CallDetail = {
  seq: 1,
  at: '2026-11-24T10:00:00+08:00',
  method: 'POST',
  path: '/open-apis/im/v1/messages',
  http: 200,
  code: 0,
  uuid: null,
  ms: 3,
  known: true,
  query: { receive_id_type: 'chat_id' },
  request: { msg_type: 'text' },
  response: { code: 0 },
};

test('the command of a call leaves the token to the shell', () => {
  const command = callCurl('http://127.0.0.1:8', call);
  expect(command).toContain(`-X POST 'http://127.0.0.1:8/open-apis/im/v1/messages?receive_id_type=chat_id'`);
  expect(command).toContain('-H "Authorization: Bearer $TOKEN"');
  expect(command).toContain(`--data-binary '{"msg_type":"text"}'`);
  expect(callCurl('http://127.0.0.1:8', { ...call, method: 'GET', query: {}, request: null })).not.toContain('data');
});

test('a fault is aimed at an event, a path, or a path with its method', () => {
  expect(matchOf(' im.message.receive_v1 ')).toEqual({ path: 'im.message.receive_v1' });
  expect(matchOf('/open-apis/*')).toEqual({ path: '/open-apis/*' });
  expect(matchOf('patch /open-apis/im/v1/messages/:id')).toEqual({
    method: 'PATCH',
    path: '/open-apis/im/v1/messages/:id',
  });
  expect(targetText({ method: 'POST', path: '/x' })).toBe('POST /x');
});

test('every fault of the control API is offered, in words', () => {
  const kinds = faultSchema.shape.kind.options;
  expect(FAULTS.map(({ kind }) => kind).sort()).toEqual([...kinds].sort());
  expect(kinds.map(kindWords).filter((words) => /[a-z]/.test(words))).toEqual([]);
});

test.each([
  ['/open-apis/im/v1/messages/om_00000000000174f5b34752d604ae5c29/reply', '/open-apis/im/v1/messages/:id/reply'],
  ['/open-apis/auth/v3/tenant_access_token/internal', '/open-apis/auth/v3/tenant_access_token/internal'],
  ['/open-apis/im/v1/messages/om_1a2b3c4d/resources/img_v3_02ab_c1d2', '/open-apis/im/v1/messages/:id/resources/:id'],
  ['/open-apis/im/v1/chats/oc_1a2b3c4d5e/members/is_in_chat', '/open-apis/im/v1/chats/:id/members/is_in_chat'],
  [
    '/open-apis/calendar/v4/calendars/feishu.cn_abc@group.calendar.feishu.cn/events/6f1c8f5e-0d2b-4b9e-9b0e-2f4f1f0a7c11_0/attendees',
    '/open-apis/calendar/v4/calendars/:id/events/:id/attendees',
  ],
  ['/open-apis/calendar/v4/calendars/primary', '/open-apis/calendar/v4/calendars/primary'],
])('the pattern of %s is %s', (path, expected) => {
  expect(patternOf(path)).toBe(expected);
});

test('every endpoint of the sandbox has a name', () => {
  const ids = /:[a-z_]+/g;
  const unnamed = ROUTES.map(([method, path]) => [method.toUpperCase(), path.replace(ids, 'id_1234567890')] as const)
    .filter(([method, path]) => callWords(method, `/open-apis${path}`) === '调用')
    .map(([method, path]) => `${method} ${path}`);
  expect(unnamed).toEqual([]);
});

test('every code that the sandbox answers is explained', () => {
  expect(Object.keys(REFUSALS).filter((code) => codeWords(Number(code)) === null)).toEqual([]);
});

test('a path is shortened where ids stand', () => {
  expect(shortPath('/open-apis/im/v1/messages/om_1a2b3c4d5e6f/reply')).toBe('/im/v1/messages/om_…5e6f/reply');
  expect(shortPath('/open-apis/bot/v3/info')).toBe('/bot/v3/info');
});

test('events, calls and codes have words, and what is not known says so', () => {
  expect(eventWords('card.action.trigger')).toBe('点击卡片');
  expect(eventWords('unheard.of_v1')).toBe('事件');
  expect(callWords('PATCH', '/open-apis/im/v1/messages/om_1a2b3c4d5e')).toBe('更新卡片');
  expect(callWords('DELETE', '/open-apis/unheard/of')).toBe('调用');
  expect(codeWords(230020)?.meaning).toBe('发得太频繁');
  expect(codeWords(1)).toBeNull();
});

test('a string that holds JSON unfolds, any other stays what it is', () => {
  expect(parsed('{"text":"你好"}')).toEqual({ text: '你好' });
  expect(parsed('[图片]')).toBe('[图片]');
  expect(parsed('12')).toBe('12');
  expect(pretty({ a: 1 })).toBe('{\n  "a": 1\n}');
  expect(pretty('as it is')).toBe('as it is');
});

// The page must not reckon by other rules than the platform does.
test('the formula is the documented one', async () => {
  const expected = createHash('sha256').update('1795485643a1b2an-encrypt-key{}').digest('hex');
  const signed = { timestamp: '1795485643', nonce: 'a1b2', signature: '' };
  expect(await reckonSignature(signed, KEY, '{}')).toBe(expected);
});
