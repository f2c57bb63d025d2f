import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { button, card, create, envelope, GROUP, idOf, openStage, type Stage } from './helpers.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());
beforeEach(async () => {
  stage.bot.answer = () => ({});
  await stage.control.patchApp({ webhook: stage.bot.url });
  await stage.control.advance('P1D');
  stage.bot.received.length = 0;
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

const press = async (message_id: string) =>
  stage.control.click({ message_id, as: 'A.member.01', value: { n: 1, op: 'ack' } });
const shown = async (message_id: string): Promise<unknown> =>
  (await stage.control.messages()).items.find((message) => message.message_id === message_id);

test('a button is found by its value or its text; an empty object is all that is needed for an answer', async () => {
  const message_id = await sendForm();
  const nothing = { status: 200, toast: null, card: null, code: null };
  expect(await press(message_id)).toMatchObject(nothing);
  expect(await stage.control.click({ message_id, as: 'A.member.01', text: '知道了' })).toMatchObject(nothing);
});

test('the answer is read as JSON whatever it says it is; a toast may come in several languages', async () => {
  const body = { toast: { type: 'warning', i18n: { zh_cn: '留意', en_us: 'mind' } } };
  stage.bot.answer = () => ({ body, headers: { 'content-type': 'text/plain' } });
  expect(await press(await sendForm())).toMatchObject({ code: null, toast: { type: 'warning', content: '留意' } });
});

const raw = (data: object): object => ({ card: { type: 'raw', data } });
const image = { schema: '2.0', body: { elements: [{ tag: 'img', img_key: 'img_nobody' }] } };
const unknown = { schema: '2.0', body: { elements: [{ tag: 'hr', colour: 'red' }] } };
const long = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '长'.repeat(10_300) }] } };

describe('what the clicking person sees when the answer is', () => {
  test.each([
    ['204', 200671, { status: 204, body: '' }],
    ['500', 200671, { status: 500 }],
    ['a redirect', 200671, { status: 302, headers: { location: '/elsewhere' } }],
    ['no JSON', 200672, { body: 'ok' }],
    ['nothing', 200672, { body: '' }],
    ['a list', 200672, { body: [] }],
    ['a toast of no kind', 200672, { body: { toast: { type: 'shout', content: '!' } } }],
    ['a card with an unknown property', 200673, { body: raw(unknown) }],
    ['a card with a picture nobody uploaded', 200673, { body: raw(image) }],
    ['a card of more than 30 KB', 200673, { body: raw(long) }],
    ['a template', 200673, { body: { card: { type: 'template', data: { template_id: 'x' } } } }],
    ['a card of 1.0', 200830, { body: raw({ elements: [] }) }],
  ])('%s: %i', async (_what, code, answer) => {
    const message_id = await sendForm();
    const before = await shown(message_id);
    stage.bot.answer = () => answer;
    expect(await press(message_id)).toMatchObject({ code, card: null, toast: null });
    expect(await shown(message_id)).toEqual(before);
    expect(stage.bot.received).toHaveLength(1);
  });

  test.each([
    ['there is no address', 200340, ''],
    ['nobody listens', 200342, 'http://127.0.0.1:9/none'],
    ['the name of the host leads nowhere', 200343, 'http://nowhere.invalid/webhook'],
  ])('%s: %i', async (_what, code, webhook) => {
    const message_id = await sendForm();
    await stage.control.patchApp({ webhook });
    expect(await press(message_id)).toMatchObject({ code, status: 0 });
  });

  test('none within three seconds: 200341, and nothing is pushed again, at no time', async () => {
    const { bot, control } = stage;
    const message_id = await sendForm();
    bot.answer = () => ({ delay: 3300 });
    const clicked = await press(message_id);
    expect(clicked).toMatchObject({ code: 200341, status: 0 });
    await control.advance('P1D');
    expect(bot.received).toHaveLength(1);
    const delivery = (await control.deliveries()).items.find(({ event_id }) => event_id === clicked.event_id);
    expect(delivery).toMatchObject({ open: false, next_at: null, attempts: [{ status: 0, error: 'timeout' }] });
  });
});
