import { createRequire } from 'node:module';
import type * as Lark from '@larksuiteoapi/node-sdk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ROUTES } from '../src/api/routes.ts';
import { REFUSALS } from '../src/core/refusals.ts';
import { ATTENDEES } from './contract/attendees.ts';
import { CALENDAR } from './contract/calendar.ts';
import { CARD_UPDATE } from './contract/card-update.ts';
import { CHATS } from './contract/chats.ts';
import { FILES } from './contract/files.ts';
import { MESSAGE_CHANGES } from './contract/message-changes.ts';
import { MESSAGES } from './contract/messages.ts';
import { REACTIONS } from './contract/reactions.ts';
import { READING } from './contract/reading.ts';
import { RESERVES } from './contract/reserves.ts';
import type { Check, Row } from './contract/row.ts';
import { openScene, type Scene } from './contract/scene.ts';
import { URGENT } from './contract/urgent.ts';
import { refusal } from './helpers.ts';

const lark = createRequire(import.meta.url)('@larksuiteoapi/node-sdk') as typeof Lark;
const ROWS: Row[] = [
  ...MESSAGES,
  ...MESSAGE_CHANGES,
  ...READING,
  ...URGENT,
  ...REACTIONS,
  ...FILES,
  ...CHATS,
  ...CARD_UPDATE,
  ...CALENDAR,
  ...ATTENDEES,
  ...RESERVES,
];
const TOKEN = 'post /auth/v3/tenant_access_token/internal';
/** What the gateway says of any endpoint to a caller whose token is no good, and of a body that is no JSON. */
const GATE = [99991661, 99991671, 99991663, 9499];

let scene: Scene;
const checked = new Map<string, string[]>();
const guarded = new Set<string>();
beforeAll(async () => {
  scene = await openScene();
});
afterAll(async () => {
  await scene.stop();
  console.log(table());
});
// A minute on the sandbox's clock empties every rate window.
beforeEach(() => scene.control.advance('PT1M').then(() => undefined));

test.each(ROWS.map((row) => [row.endpoint, row] as const))('%s', { timeout: 90_000 }, async (endpoint, row) => {
  const { success, shape, refusals } = row;
  expect(await success(scene)).toMatchObject(shape);
  note(endpoint, '✓');
  for (const check of refusals) {
    await scene.control.advance('PT1M');
    await refusesAsSaid(check);
    note(endpoint, `${check.code}${check.byFault ? '*' : ''}`);
  }
});

async function refusesAsSaid({ when, code, http, run }: Check): Promise<void> {
  const answer = await refusal(run(scene)).catch((error: Error) => ({ http: 200, code: 0, msg: error.message }));
  expect({ when, code: answer.code, http: answer.http }, answer.msg).toEqual({ when, code, http });
}

function note(endpoint: string, what: string): void {
  const notes = checked.get(endpoint) ?? [];
  if (!notes.includes(what)) notes.push(what);
  checked.set(endpoint, notes);
}

test.each(ROUTES.map(([method, path]) => [method, path]))('the gate before %s %s', async (method, path) => {
  const url = `/open-apis${path.replace(/:\w+/g, 'x')}`;
  const { app, url: domain } = scene.sandbox;
  const bare = new lark.Client({
    appId: app.app_id,
    appSecret: app.app_secret,
    domain,
    disableTokenCache: true,
    logger,
  });
  const call = (token?: string): Promise<unknown> =>
    bare.request({ method, url, data: {} }, token === undefined ? {} : lark.withTenantToken(token));
  expect(await refusal(call())).toMatchObject({ http: 400, code: 99991661 });
  expect(await refusal(call('x-1'))).toMatchObject({ http: 400, code: 99991671 });
  expect(await refusal(call('t-nobody'))).toMatchObject({ http: 400, code: 99991663 });
  const broken = await fetch(domain + url, {
    method: 'POST',
    body: '{',
    headers: { 'content-type': 'application/json' },
  });
  if (method === 'post')
    expect(await broken.json()).toMatchObject({ code: 9499, error: { log_id: expect.any(String) } });
  expect(broken.headers.get('x-tt-logid')).toBeTruthy();
  guarded.add(`${method} ${path}`);
});
const logger = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {}, trace: () => {} };

test('every endpoint has a row, and every code is checked', () => {
  const wanted = [...ROUTES.map(([method, path]) => `${method} ${path}`), TOKEN].sort();
  expect(ROWS.map(({ endpoint }) => endpoint).sort()).toEqual(wanted);
  const codes = new Set([...GATE, ...ROWS.flatMap(({ refusals }) => refusals.map(({ code }) => code))]);
  expect(Object.keys(REFUSALS).filter((code) => !codes.has(Number(code)))).toEqual([]);
});

test('an unknown path is answered with 404, named and listed', async () => {
  const unknown = ['GET /open-apis/im/v9/nothing', 'PUT /open-apis/bot/v3/info', 'GET //open-apis/bot/v3/info'];
  for (const line of unknown) {
    const [method = '', path = ''] = line.split(' ');
    const answer = await fetch(scene.sandbox.url + path, { method });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ msg: expect.stringContaining(line) });
    expect((await scene.control.calls()).items.at(-1)).toMatchObject({ method, path, http: 404 });
  }
});

/** Endpoint × checked, for the reader of the test's output. */
function table(): string {
  const width = Math.max(...ROWS.map(({ endpoint }) => endpoint.length));
  const lines = ROWS.map(({ endpoint }) => {
    const [success = '—', ...codes] = checked.get(endpoint) ?? [];
    const gate = guarded.has(endpoint) ? 'gate' : '    ';
    return `${endpoint.padEnd(width)}  ${success}  ${gate}  ${codes.join(' ')}`;
  });
  const codes = new Set([...checked.values()].flatMap((notes) => notes.slice(1)));
  const foot = `${ROWS.length} endpoints, ${codes.size + GATE.length} codes · gate = ${GATE.join(' ')} · * = by a fault`;
  return ['endpoint × checked', ...lines, foot].join('\n');
}
