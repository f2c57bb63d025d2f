import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardClick, ClickReply } from '../../src/ports/click.ts';
import { app, click, envelope, message, push } from '../support/signer.ts';
import { type Harness, now, startWebhook } from '../support/webhook.ts';

let web: Harness;
let reply: (click: CardClick) => Promise<ClickReply> = async () => ({});
beforeEach(async () => {
  web = await startWebhook({ click: (clicked) => reply(clicked) });
});
afterEach(() => web.stop());

const post = (value: unknown) => web.post(push(value, { at: now }));

describe('what the inbox gets', () => {
  it('is a message, in the lane of its chat', async () => {
    const sent = message('主题党日');
    await post(sent);
    expect(web.memory.rows).toEqual([
      {
        eventId: sent.header.event_id,
        type: 'im.message.receive_v1',
        messageId: expect.stringMatching(/^om_/),
        lane: 'oc_canary_chat',
        createTime: 1_790_000_000_100,
        body: sent.event,
      },
    ]);
  });

  it.each([
    ['seconds', '1790000000', 1_790_000_000_000],
    ['milliseconds', '1790000000123', 1_790_000_000_123],
    ['microseconds', '1790000000123456', 1_790_000_000_123],
  ])('has its time by the number of digits: %s', async (_name, digits, expected) => {
    await post(envelope('im.chat.disbanded_v1', { chat_id: 'oc_1' }, { create_time: digits }));
    expect(web.memory.rows[0]).toMatchObject({ createTime: expected, lane: 'oc_1', messageId: null });
  });

  it('is a lane of its own without a chat, and has no message id without a received message', async () => {
    await post(envelope('contact.user.deleted_v3', { object: {} }, { event_id: 'ev_alone' }));
    await post(envelope('im.message.recalled_v1', { message_id: 'om_1', chat_id: 'oc_2' }));
    expect(web.memory.rows.map(({ lane, messageId }) => [lane, messageId])).toEqual([
      ['ev_alone', null],
      ['oc_2', null],
    ]);
  });

  it('comes in batches while an insert is under way, each request with its own answer', async () => {
    const replies = await Promise.all(Array.from({ length: 100 }, () => post(message())));
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    expect(web.memory.rows.length).toBe(100);
    expect(web.memory.batches.length).toBeLessThan(100);
  });

  it('answers 503 while the database is away, so that Feishu sends again', async () => {
    const sent = message();
    web.memory.fail = new Error('canary: connection refused');
    const refused = await post(sent);
    expect([refused.status, await refused.text()]).toEqual([503, '']);
    web.memory.fail = null;
    expect((await post(sent)).status).toBe(200);
    expect(web.memory.rows.length).toBe(1);
    expect(web.logged.filter((line) => line.includes('event.refused'))).toHaveLength(1);
  });

  it('passes the crash points before the insert and before the answer', async () => {
    const passed: string[] = [];
    const before = () => passed.push(`before ${web.memory.rows.length}`);
    const written = () => passed.push(`written ${web.memory.rows.length}`);
    subscribe('zhibu:inbox.before', before);
    subscribe('zhibu:inbox.written', written);
    await post(message());
    unsubscribe('zhibu:inbox.before', before);
    unsubscribe('zhibu:inbox.written', written);
    expect(passed).toEqual(['before 0', 'written 1']);
  });
});

describe('clicks', () => {
  it('get the reply of the handler, and reach no inbox', async () => {
    reply = async () => ({ toast: { type: 'success', content: '已记录' } });
    const sent = click({ name: 'save', value: { duty: 'd1' }, form_value: { present: '12' } });
    const answer = await post(sent);
    expect([answer.status, await answer.json()]).toEqual([200, { toast: { type: 'success', content: '已记录' } }]);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(web.memory.rows).toEqual([]);
    expect(web.clicks).toEqual([
      {
        eventId: sent.header.event_id,
        operator: 'ou_canary_sender',
        messageId: 'om_card',
        chatId: 'oc_canary_chat',
        name: 'save',
        value: { duty: 'd1' },
        form: { present: '12' },
      },
    ]);
  });

  it.each([
    ['no value', {}, { name: null, value: {}, form: {} }],
    ['a text for a value', { value: 'x' }, { value: {} }],
    ['a selection outside a form', { name: 'unit', option: 'B0201' }, { form: { unit: 'B0201' } }],
    ['an input outside a form', { name: 'why', input_value: '出差' }, { form: { why: '出差' } }],
    ['a box outside a form', { name: 'ok', checked: false }, { form: { ok: false } }],
  ])('may carry %s', async (_name, action, expected) => {
    reply = async () => ({});
    const answer = await post(click(action));
    expect([answer.status, await answer.text()]).toEqual([200, '{}']);
    expect(web.clicks[0]).toMatchObject(expected);
  });

  it('get 500 and nothing else when the handler fails', async () => {
    reply = () => Promise.reject(new Error('canary-text'));
    const answer = await post(click({}));
    expect([answer.status, await answer.text()]).toEqual([500, '']);
    expect(await web.stillWorks()).toBe(true);
  });
});

describe('the log', () => {
  it('has a line for each refusal, and never what was said, by whom, or a secret', async () => {
    reply = () => Promise.reject(new Error('canary in an error'));
    await post(message('canary-text 13800138000'));
    await post(click({ value: { text: 'canary-text' } }));
    web.memory.fail = new Error('canary in an error');
    await post(message('canary-text'));
    await web.post(push(message('canary-text'), { at: now, key: 'canary-other' }));
    await post(message('canary-text', { token: 'canary-token' }));
    await post(message('canary-text', { event_type: 'canary\n{"level":60}\u001b[31m' }));
    await fetch(`${web.url}/feishu/webhook?canary=1`, {
      method: 'POST',
      body: 'canary',
      headers: { 'content-type': 'canary/x' },
    });
    const text = web.logged.join('');
    expect(text).not.toMatch(/canary|13800138000|ev_\d|om_|oc_|ou_|127\.0\.0\.1/);
    for (const secret of [app.encryptKey, app.token, app.tenant]) expect(text).not.toContain(secret);
    const events = web.logged.map((line) => JSON.parse(line).event);
    expect(events.filter((event) => event === 'webhook.rejected')).toHaveLength(4);
    expect(events).toEqual(expect.arrayContaining(['click.failed', 'event.refused']));
  });

  it('keeps one line a request when ids hold breaks', async () => {
    await post(message('x', { event_id: 'a\r\nb' }));
    expect(web.logged).toHaveLength(1);
    expect(web.logged[0]?.trim().split('\n')).toHaveLength(1);
  });
});
