import { expect } from 'vitest';
import { type Row, refuses } from './row.ts';
import { FOREIGN_GROUP, GROUP, NO_CHAT, OUTSIDE, type Scene, SECRETARY, STRANGER } from './scene.ts';

const TOKEN = '/auth/v3/tenant_access_token/internal';

const chat = ({ sdk }: Scene, chat_id = GROUP): Promise<unknown> => sdk.im.chat.get({ path: { chat_id } });
const members = ({ sdk }: Scene, chat_id = GROUP, params: object = {}): Promise<unknown> =>
  sdk.im.chatMembers.get({ path: { chat_id }, params });
const isIn = ({ sdk }: Scene, chat_id = GROUP): Promise<unknown> => sdk.im.chatMembers.isInChat({ path: { chat_id } });
const user = ({ sdk }: Scene, user_id = SECRETARY): Promise<unknown> => sdk.contact.user.get({ path: { user_id } });

export const CHATS: Row[] = [
  {
    endpoint: 'get /im/v1/chats',
    success: ({ sdk }) => sdk.im.chat.list({ params: { page_size: 100 } }),
    shape: {
      data: {
        has_more: false,
        items: [
          {
            chat_id: GROUP,
            name: '第一支部工作群',
            avatar: '',
            description: '',
            owner_id: SECRETARY,
            owner_id_type: 'open_id',
            external: false,
            tenant_key: expect.any(String),
            chat_status: 'normal',
          },
        ],
      },
    },
    refusals: [refuses(99992402, 'a page of 101', ({ sdk }) => sdk.im.chat.list({ params: { page_size: 101 } }))],
  },
  {
    endpoint: 'get /im/v1/chats/:chat_id',
    success: async (s) => ({ own: await chat(s), foreign: await chat(s, FOREIGN_GROUP) }),
    shape: {
      own: {
        data: {
          name: '第一支部工作群',
          owner_id: SECRETARY,
          chat_mode: 'group',
          chat_type: 'private',
          group_message_type: 'chat',
          user_count: '3',
          bot_count: '1',
          chat_status: 'normal',
          external: false,
        },
      },
      foreign: { data: { avatar: '', name: '第二支部工作群', user_count: '1', bot_count: '0', chat_status: 'normal' } },
    },
    refusals: [refuses(232006, 'there is no such chat', (s) => chat(s, NO_CHAT))],
  },
  {
    endpoint: 'get /im/v1/chats/:chat_id/members',
    success: (s) => members(s, GROUP, { page_size: 2 }),
    shape: {
      data: {
        member_total: 3,
        has_more: true,
        page_token: expect.stringMatching(/./),
        items: [
          { member_id_type: 'open_id', member_id: SECRETARY, name: '王辛', tenant_key: expect.any(String) },
          expect.objectContaining({ name: '赵甲' }),
        ],
      },
    },
    refusals: [
      refuses(232006, 'there is no such chat', (s) => members(s, NO_CHAT)),
      refuses(232011, 'the bot is not in the group', (s) => members(s, FOREIGN_GROUP)),
      refuses(99992402, 'a page of 101', (s) => members(s, GROUP, { page_size: 101 })),
    ],
  },
  {
    endpoint: 'get /im/v1/chats/:chat_id/members/is_in_chat',
    success: async (s) => ({ own: await isIn(s), foreign: await isIn(s, FOREIGN_GROUP) }),
    shape: { own: { data: { is_in_chat: true } }, foreign: { data: { is_in_chat: false } } },
    refusals: [refuses(232006, 'there is no such chat', (s) => isIn(s, NO_CHAT))],
  },
  {
    endpoint: 'get /contact/v3/users/:user_id',
    success: (s) => user(s),
    shape: {
      data: {
        user: {
          open_id: SECRETARY,
          union_id: expect.stringMatching(/^on_/),
          user_id: 'wangxin',
          email: 'wangxin@example.org',
          name: '王辛',
          avatar: expect.any(Object),
          status: expect.objectContaining({ is_activated: true }),
          department_ids: ['0'],
        },
      },
    },
    refusals: [
      refuses(41050, 'out of the range of contacts', (s) => user(s, OUTSIDE)),
      refuses(99992351, 'nobody has this open_id', (s) => user(s, STRANGER)),
    ],
  },
  {
    endpoint: 'get /bot/v3/info',
    success: (s) => s.request('GET', '/bot/v3/info'),
    shape: {
      code: 0,
      msg: 'ok',
      bot: {
        activate_status: 2,
        app_name: '机器人',
        avatar_url: '',
        ip_white_list: [],
        open_id: expect.stringMatching(/^ou_/),
      },
    },
    refusals: [],
  },
  {
    endpoint: 'post /auth/v3/tenant_access_token/internal',
    success: ({ sandbox: { app }, request }) =>
      request('POST', TOKEN, { app_id: app.app_id, app_secret: app.app_secret }),
    shape: { code: 0, msg: 'ok', tenant_access_token: expect.stringMatching(/^t-/), expire: expect.any(Number) },
    refusals: [
      refuses(10003, 'there is no such app', (s) => s.request('POST', TOKEN, { app_id: 'cli_0', app_secret: 'x' })),
      refuses(10015, 'the secret is wrong', (s) =>
        s.request('POST', TOKEN, { app_id: s.sandbox.app.app_id, app_secret: 'x' }),
      ),
      refuses(99992402, 'the secret is missing', (s) => s.request('POST', TOKEN, { app_id: 'cli_0' })),
    ],
  },
];
