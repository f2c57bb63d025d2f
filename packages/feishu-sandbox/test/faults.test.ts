import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { button, card, create, openStage, refusal, type Stage, sdkFor, text } from './helpers.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());
beforeEach(() => stage.control.advance('PT1M').then(() => undefined));

const MESSAGES = '/open-apis/im/v1/messages';

test('accepted, but the reply was lost: the retry with the same uuid finds the first message', async () => {
  const { sdk, control } = stage;
  await create(sdk, text('先取令牌'));
  await control.addFault({ match: { path: MESSAGES, method: 'POST' }, kind: 'drop-after' });
  await expect(create(sdk, text('丢了回执'), { uuid: 'lost' })).rejects.toThrow();
  await create(sdk, text('丢了回执'), { uuid: 'lost' });
  expect((await control.messages()).items.filter(({ uuid }) => uuid === 'lost')).toHaveLength(1);
  const calls = (await control.calls()).items.filter(({ uuid }) => uuid === 'lost');
  expect(calls).toMatchObject([
    { http: 200, code: 0, fault: 'drop-after' },
    { http: 200, code: 0 },
  ]);
});

test('cut before anything happened, and answered with a status', async () => {
  const { sdk, control } = stage;
  await control.addFault({ match: { path: `${MESSAGES}*` }, kind: 'drop-before' });
  await expect(create(sdk, text('没到'), { uuid: 'never' })).rejects.toThrow();
  expect((await control.messages()).items.some(({ uuid }) => uuid === 'never')).toBe(false);
  await control.addFault({ match: { path: MESSAGES }, kind: 'status', http: 503, times: 2 });
  expect(await refusal(create(sdk, text('x')))).toMatchObject({ http: 503 });
  expect(await refusal(create(sdk, text('x')))).toMatchObject({ http: 503 });
  await control.addFault({ match: { path: MESSAGES }, kind: 'status', http: 200, code: 230013 });
  expect(await create(sdk, text('x'))).toMatchObject({ code: 230013 });
  expect(await create(sdk, text('x'))).toMatchObject({ code: 0 });
});

test('tokens: one while half an hour is left, expiry on the sandbox clock, expire-token, wrong credentials', async () => {
  const { sandbox, control, sdk } = stage;
  const ask = async (body: object) => {
    const response = await fetch(`${sandbox.url}/open-apis/auth/v3/tenant_access_token/internal`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return {
      status: response.status,
      ...((await response.json()) as { code: number; tenant_access_token: string; expire: number }),
    };
  };
  const { app_id, app_secret } = sandbox.app;
  await control.advance('PT3H');
  const first = await ask({ app_id, app_secret });
  expect(first).toMatchObject({ status: 200, code: 0, expire: 7200 });
  await control.advance('PT90M');
  expect(await ask({ app_id, app_secret })).toMatchObject({
    tenant_access_token: first.tenant_access_token,
    expire: 1800,
  });
  await control.advance('PT1S');
  expect((await ask({ app_id, app_secret })).tenant_access_token).not.toBe(first.tenant_access_token);
  const withToken = async (token: string): Promise<number> => {
    const response = await fetch(`${sandbox.url}/open-apis/bot/v3/info`, { headers: { authorization: token } });
    return ((await response.json()) as { code: number }).code;
  };
  expect(await withToken(`Bearer ${first.tenant_access_token}`)).toBe(0);
  await control.advance('PT30M');
  expect(await withToken(`Bearer ${first.tenant_access_token}`)).toBe(99991663);
  expect(await withToken('')).toBe(99991661);
  expect(await ask({ app_id: 'cli_0', app_secret })).toMatchObject({ code: 10003 });
  expect(await ask({ app_id, app_secret: 'wrong' })).toMatchObject({ code: 10015 });
  await control.addFault({ match: { path: MESSAGES }, kind: 'expire-token' });
  expect(await refusal(create(sdk, text('x')))).toMatchObject({ code: 99991663 });
  expect(await create(sdkFor(sandbox), text('x'))).toMatchObject({ code: 0 });
});

test('the card lint', async () => {
  const { sdk, control } = stage;
  const submit = button('交', { name: 's', form_action_type: 'submit' });
  const form = (elements: object[]): object => ({ tag: 'form', name: 'f', elements });
  const many = Array.from({ length: 201 }, () => ({ tag: 'hr' }));
  const input = { tag: 'input', name: 'a' };
  const cases: [string, string, number][] = [
    ['no JSON', '{', 200621],
    ['no schema', JSON.stringify({ body: { elements: [] } }), 200621],
    ['unknown tag', card([{ tag: 'marquee' }]), 200861],
    ['a tag of 1.0', card([{ tag: 'note', elements: [] }]), 200861],
    [
      'table in a column',
      card([{ tag: 'column_set', columns: [{ tag: 'column', elements: [{ tag: 'table' }] }] }]),
      200621,
    ],
    ['form in a panel', card([{ tag: 'collapsible_panel', elements: [form([submit])] }]), 200621],
    ['too many', card(many), 11310],
    ['no submit button', card([form([input])]), 200530],
    ['no name', card([form([{ tag: 'input' }, submit])]), 200530],
    ['one name twice', card([form([input, input, submit])]), 200530],
  ];
  for (const [what, content, subCode] of cases) {
    const refused = await refusal(create(sdk, content, { msgType: 'interactive' }));
    expect([what, refused.code, refused.msg]).toEqual([what, 230099, expect.stringContaining(`ErrCode: ${subCode};`)]);
    await control.advance('PT1S');
  }
  const long = card([{ tag: 'markdown', content: '长'.repeat(11_000) }]);
  expect(await refusal(create(sdk, long, { msgType: 'interactive' }))).toMatchObject({ http: 400, code: 230025 });
  expect(await create(sdk, card([form([input, submit])]), { msgType: 'interactive' })).toMatchObject({ code: 0 });
});
