import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sandbox } from '../src/core/sandbox.ts';
import { emitEntered } from '../src/events/events.ts';
import { write } from '../src/events/json.ts';
import { Traces } from '../src/events/traces.ts';
import { decrypt, envelope, FakeBot, idOf, WORLD } from './helpers.ts';

let bot: FakeBot;
let sandbox: Sandbox;
beforeAll(async () => {
  bot = await new FakeBot().start();
  sandbox = new Sandbox({ world: WORLD, webhook: bot.url, now: '2026-11-20T09:00', app: {} });
});
afterAll(async () => {
  sandbox.close();
  await bot.stop();
});

test('somebody opens the private chat; what was sent and answered is kept for looking at', async () => {
  bot.answer = () => ({ body: { code: 0 } });
  const person = sandbox.directory.people[0];
  if (!person) throw new Error('nobody in the world');
  const chat = sandbox.directory.p2pOf(person);
  const { delivery } = await emitEntered(sandbox, chat, person);
  const [one] = bot.received;
  const { header, event } = envelope(one, sandbox.app.encrypt_key);
  expect(header.event_type).toBe('im.chat.access_event.bot_p2p_chat_entered_v1');
  expect(event).toEqual({
    chat_id: chat.id,
    operator_id: { open_id: idOf('ou_', person.key), union_id: idOf('on_', person.key) },
  });
  await sandbox.deliveries.redeliver(delivery);
  const traces = sandbox.deliveries.traces.of(delivery.id);
  expect([...traces.keys()]).toEqual([0, 1]);
  const { headers, body, answer } = traces.get(0) ?? { headers: {}, body: '', answer: '' };
  expect({ body, answer }).toEqual({ body: one?.raw, answer: '{"code":0}' });
  expect(headers['X-Lark-Signature']).toBe(one?.headers['x-lark-signature']);
  expect(JSON.parse(decrypt(body, sandbox.app.encrypt_key))).toEqual(JSON.parse(delivery.plain));
});

test('nothing was sent, nothing is kept', async () => {
  sandbox.faults.add({ match: { path: '*' }, kind: 'drop-before', times: 1 });
  const { delivery } = await sandbox.deliveries.emit('im.test_v1', {});
  expect(delivery.attempts).toMatchObject([{ status: 0, error: 'dropped' }]);
  expect(sandbox.deliveries.traces.of(delivery.id).size).toBe(0);
});

test('traces: the latest three hundred, each text cut at 64 KB', () => {
  const traces = new Traces();
  const long = 'x'.repeat(70_000);
  for (let n = 0; n < 301; n += 1) traces.note(`e${n}`, 0, { headers: {}, body: long, answer: '' });
  expect(traces.of('e0').size).toBe(0);
  expect(traces.of('e300').get(0)?.body).toHaveLength(65_536);
  expect(traces.of('e1').get(0)).toBeDefined();
});

test('JSON with spaces holds the same, whatever is in its texts', () => {
  const value = { a: [1, { b: ' \n "x": [ ' }], empty: {}, none: [] };
  expect(write(value, 'spaced')).toContain('{ "a": [ 1, { "b": ');
  expect(JSON.parse(write(value, 'spaced'))).toEqual(value);
  expect(write(value, 'compact')).toBe(JSON.stringify(value));
});
