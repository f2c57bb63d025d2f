import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hear } from '../../src/feishu/normalise.ts';
import { readStoredClick } from '../../src/feishu/stored-click.ts';
import type { InboxRow } from '../../src/ports/store.ts';

const bot = 'ou_bot';
const row = (body: Record<string, unknown>, type = 'im.message.receive_v1'): InboxRow => ({
  _id: 'ev_1',
  type,
  lane: 'oc_1',
  messageId: 'om_1',
  createTime: 1_790_000_000_000,
  body,
  tries: 1,
  state: 'ready',
  plan: null,
});
type Said = {
  readonly content: unknown;
  readonly type?: string;
  readonly sender?: Record<string, unknown>;
  readonly mentions?: readonly { readonly key: string; readonly open_id: string; readonly name: string }[];
  readonly facts?: Record<string, unknown>;
};
const said = ({ content, type = 'text', sender, mentions, facts }: Said) =>
  hear(
    row({
      sender: { sender_type: 'user', sender_id: { open_id: 'ou_1' }, ...sender },
      message: {
        message_id: 'om_1',
        chat_id: 'oc_1',
        chat_type: 'group',
        message_type: type,
        content: typeof content === 'string' ? content : JSON.stringify(content),
        mentions: mentions?.map(({ key, open_id, name }) => ({ key, id: { open_id }, name })),
        ...facts,
      },
    }),
    bot,
  );
const me = { key: '@_user_1', open_id: bot, name: '支部助手' };

describe('a text', () => {
  it('is what was written, when and by whom', () => {
    expect(said({ content: { text: '/待办' }, facts: { parent_id: 'om_0', root_id: '' } })).toEqual({
      is: 'message',
      id: 'om_1',
      chatId: 'oc_1',
      chatType: 'group',
      sender: 'ou_1',
      text: '/待办',
      mentionsBot: false,
      attachments: [],
      parentId: 'om_0',
      rootId: null,
      at: new Date(1_790_000_000_000),
    });
    expect(said({ content: { text: 'x' }, facts: { chat_type: 'p2p' } })).toMatchObject({ chatType: 'private' });
  });
  it('loses the mention of the bot and keeps the names of others', () => {
    const mentions = [me, { key: '@_user_2', open_id: 'ou_2', name: '钱乙' }];
    expect(said({ content: { text: '@_user_1 请@_user_2 补一下' }, mentions })).toMatchObject({
      text: '请钱乙 补一下',
      mentionsBot: true,
    });
  });
  it('does not take the first person for the tenth', () => {
    const mentions = [me, { key: '@_user_10', open_id: 'ou_10', name: '第十人' }];
    for (const order of [mentions, [...mentions].reverse()])
      expect(said({ content: { text: '@_user_1 缺@_user_10(病假)' }, mentions: order })).toMatchObject({
        text: '缺第十人(病假)',
      });
  });
  it('to everybody mentions nobody', () => {
    expect(said({ content: { text: '@_all 开会' } })).toMatchObject({ text: '开会', mentionsBot: false });
  });
  it('is not torn apart by a mention without a key, nor lost for one without a name', () => {
    const facts = {
      mentions: [
        { key: '', id: { open_id: 'ou_2' }, name: '钱乙' },
        { key: '@_user_3', id: null, name: null },
      ],
    };
    expect(said({ content: { text: '党史馆' }, facts })).toMatchObject({ is: 'message', text: '党史馆' });
  });
});

describe('other kinds of message', () => {
  it('are read as far as they have text: a post', () => {
    const lines = [
      [
        { tag: 'at', user_id: '@_user_1' },
        { tag: 'text', text: '主题党日' },
      ],
      [{ tag: 'img', image_key: 'img_1' }],
      [{ tag: 'a', text: '链接', href: 'https://example.com' }],
    ];
    expect(said({ type: 'post', content: { title: '记录', content: lines }, mentions: [me] })).toMatchObject({
      text: '记录\n主题党日\n链接',
      mentionsBot: true,
      attachments: [{ type: 'image', key: 'img_1', name: null }],
    });
  });
  it.each([
    ['image', { image_key: 'img_1' }, { type: 'image', key: 'img_1', name: null }],
    ['file', { file_key: 'f_1', file_name: '签到.xlsx' }, { type: 'file', key: 'f_1', name: '签到.xlsx' }],
    ['audio', { file_key: 'f_2', duration: 3000 }, { type: 'audio', key: 'f_2', name: null }],
    ['media', { file_key: 'f_3', image_key: 'img_2' }, { type: 'media', key: 'f_3', name: null }],
  ])('have their attachment: %s', (type, content, attachment) => {
    expect(said({ type, content })).toMatchObject({ text: '', attachments: [attachment] });
  });
  it.each(['sticker', 'share_chat', 'merge_forward'])('that cannot be read are empty: %s', (type) => {
    expect(said({ type, content: { file_key: 'x' } })).toMatchObject({ is: 'message', text: '', attachments: [] });
  });
});

describe('what is not for the bot', () => {
  it.each([
    ['its own', { sender_type: 'user', sender_id: { open_id: bot } }],
    ['another bot’s', { sender_type: 'app', sender_id: { open_id: 'ou_other' } }],
    ['nobody’s', { sender_id: null }],
  ])('is unheard: %s', (_name, sender) => {
    expect(said({ content: { text: '/待办' }, sender })).toEqual({ is: 'unheard' });
  });
  it('is an event of another kind, even if it looks alike', () => {
    const body = { message_id: 'om_1', chat_id: 'oc_1' };
    expect(hear(row(body, 'im.message.reaction.created_v1'), bot)).toEqual({ is: 'unheard' });
    expect(hear(row(body, 'im.message.recalled_v1'), bot)).toMatchObject({
      is: 'recalled',
      id: 'om_1',
      chatId: 'oc_1',
    });
    expect(hear(row({}, 'im.message.recalled_v1'), bot)).toEqual({ is: 'unheard' });
  });
});

describe('any JSON at all', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue());
  const types = fc.constantFrom('im.message.receive_v1', 'im.message.recalled_v1', 'card.action.trigger', 'other');
  const known = ['message', 'unheard', 'recalled'];
  it('is heard or unheard and never thrown', () => {
    fc.assert(
      fc.property(object, types, (body, type) => {
        expect(known).toContain(hear(row(body, type), bot).is);
        readStoredClick(row(body, type));
      }),
      { numRuns: 300 },
    );
  });
  it('inside a message is as harmless', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), object, (content, type, facts) => {
        const bare = typeof content === 'object' ? '[object Object]' : String(content);
        for (const text of [JSON.stringify(content), bare])
          expect(known).toContain(said({ content: text, type, facts }).is);
        expect(known).toContain(said({ content: '{}', facts: { mentions: [facts] } }).is);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a stored click', () => {
  const click = { eventId: 'e', operator: 'ou_1', messageId: 'om_1', chatId: 'oc_1', value: { do: 'x' }, form: {} };
  it('is read back as it was, and nothing else is taken for one', () => {
    expect(readStoredClick(row({ ...click }, 'card.action.trigger'))).toEqual({ ...click, name: null });
    expect(readStoredClick(row({ ...click }))).toBeNull();
    expect(readStoredClick(row({ ...click, operator: 1 }, 'card.action.trigger'))).toBeNull();
  });
});
