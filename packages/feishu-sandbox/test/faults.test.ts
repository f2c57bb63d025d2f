import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { create, openStage, refusal, type Stage, sdkFor, text } from './helpers.ts';

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

test('delay: calls and pushes come later, and come', async () => {
  const { sdk, control, bot } = stage;
  const took = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  await control.addFault({ match: { path: MESSAGES }, kind: 'delay', ms: 300 });
  expect(await took(() => create(sdk, text('慢'), { uuid: 'late' }))).toBeGreaterThan(290);
  expect((await control.messages()).items.filter(({ uuid }) => uuid === 'late')).toHaveLength(1);
  await control.addFault({ match: { path: 'im.message.receive_v1' }, kind: 'delay', ms: 300 });
  const before = bot.received.length;
  expect(await took(() => control.say({ as: 'A.secretary', text: '慢' }))).toBeGreaterThan(290);
  expect(bot.received).toHaveLength(before + 1);
});

test('pushes: cut before they arrive, or answered by nobody; both are repeated', async () => {
  const { control, bot } = stage;
  const before = bot.received.length;
  const match = { path: 'im.message.receive_v1' };
  await control.addFault({ match, kind: 'drop-before' });
  await control.addFault({ match, kind: 'status', http: 502 });
  expect(await control.say({ as: 'A.secretary', text: '没到' })).toMatchObject({ status: 0 });
  await control.advance('PT15S');
  expect(bot.received).toHaveLength(before);
  await control.advance('PT5M');
  expect(bot.received).toHaveLength(before + 1);
});
