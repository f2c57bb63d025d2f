import { expect } from 'vitest';
import { card, create, idOf, text } from '../helpers.ts';
import { byFaults, type Row, refuses } from './row.ts';
import {
  DIGITS,
  FOREIGN_GROUP,
  GROUP,
  MESSAGE_ID,
  NO_CHAT,
  NO_MESSAGE,
  OUTSIDE,
  type Scene,
  STRANGER,
} from './scene.ts';

export const LONG_CARD = card([{ tag: 'markdown', content: 'x'.repeat(30 * 1024) }]);
export const BAD_CARD = card([{ tag: 'form', name: 'f', elements: [] }]);
export const TEXT = { msg_type: 'text', content: text('改') };

/** Codes of feishu.md §3.6 that depend on what a sandbox has not: settings of a tenant, content inspection, scopes. */
const ELSEWHERE = [
  230006, 230018, 230019, 230022, 230024, 230027, 230028, 230029, 230035, 230038, 230049, 230050, 230053, 232009,
  232019, 99991401, 99991664, 99991668, 99991672, 99991677, 99991679, 99992361, 10014, 19036,
];

/** A message object, as every endpoint returns it (feishu.md §3.1). */
export const MESSAGE = {
  message_id: expect.stringMatching(MESSAGE_ID),
  msg_type: 'text',
  create_time: expect.stringMatching(DIGITS),
  update_time: expect.stringMatching(DIGITS),
  deleted: false,
  updated: false,
  chat_id: GROUP,
  sender: { id: expect.stringMatching(/^cli_/), id_type: 'app_id', sender_type: 'app', tenant_key: expect.any(String) },
  body: { content: expect.any(String) },
};

const reply = ({ sdk }: Scene, message_id: string, more: object = {}): Promise<unknown> =>
  sdk.im.message.reply({ path: { message_id }, data: { msg_type: 'text', content: text('答'), ...more } });
const keyed = ({ sdk }: Scene, msgType: string, content: object): Promise<unknown> =>
  create(sdk, JSON.stringify(content), { msgType });

export const MESSAGES: Row[] = [
  {
    endpoint: 'post /im/v1/messages',
    success: ({ sdk }) => create(sdk, text('一条')),
    shape: { code: 0, msg: 'success', data: MESSAGE },
    refusals: [
      refuses(99992402, 'receive_id_type is missing', (s) =>
        s.request('POST', '/im/v1/messages', { receive_id: GROUP, ...TEXT }),
      ),
      refuses(99992351, 'nobody has this open_id', ({ sdk }) => create(sdk, text('x'), { type: 'open_id' }, STRANGER)),
      refuses(230001, 'the content is no JSON', ({ sdk }) => create(sdk, '不是JSON')),
      refuses(230002, 'the bot is not in the group', ({ sdk }) => create(sdk, text('x'), {}, FOREIGN_GROUP)),
      refuses(230013, 'the person is out of reach', ({ sdk }) => create(sdk, text('x'), { type: 'open_id' }, OUTSIDE)),
      refuses(230015, 'a private chat is shared', (s) =>
        keyed(s, 'share_chat', { chat_id: idOf('oc_', 'p2p:A.secretary') }),
      ),
      refuses(230017, 'the picture is of somebody else', async (s) =>
        keyed(s, 'image', { image_key: (await s.said('照片.png')).key }),
      ),
      refuses(230020, 'the sixth message of a second', async (s) => {
        await s.times(5, () => s.sent());
        return s.sent();
      }),
      refuses(230025, 'a card of 30 KB and more', ({ sdk }) => create(sdk, LONG_CARD, { msgType: 'interactive' })),
      refuses(230025, 'a text of 150 KB and more', ({ sdk }) => create(sdk, text('x'.repeat(150 * 1024)))),
      refuses(230034, 'there is no such chat', ({ sdk }) => create(sdk, text('x'), {}, NO_CHAT)),
      refuses(230055, 'an mp4 as a file', async (s) => keyed(s, 'file', { file_key: await s.uploaded('mp4') })),
      refuses(230099, 'a form without a button', ({ sdk }) => create(sdk, BAD_CARD, { msgType: 'interactive' })),
      refuses(99991400, 'the 51st call of a second', fiftyOne, 429),
      ...byFaults(ELSEWHERE, 'POST', '/open-apis/im/v1/messages', ({ sdk }) => create(sdk, text('x'))),
    ],
  },
  {
    endpoint: 'post /im/v1/messages/:message_id/reply',
    success: async (s) => reply(s, await s.sent(), { reply_in_thread: true }),
    shape: {
      data: {
        ...MESSAGE,
        root_id: expect.stringMatching(MESSAGE_ID),
        parent_id: expect.stringMatching(MESSAGE_ID),
        thread_id: expect.stringMatching(/^omt_/),
      },
    },
    refusals: [
      refuses(230001, 'there is no such message', (s) => reply(s, NO_MESSAGE)),
      refuses(230002, 'the bot has left the group', async (s) => {
        const id = await s.sent();
        return s.outside(() => reply(s, id));
      }),
      refuses(230011, 'the message was recalled', async (s) => reply(s, await s.recalled(await s.sent()))),
      refuses(230071, 'a topic in a private chat', async (s) => {
        const { message_id } = await s.control.say({ as: 'A.secretary', text: '私聊' });
        return reply(s, message_id, { reply_in_thread: true });
      }),
      refuses(230099, 'a card with an error', async (s) =>
        reply(s, await s.sent(), { msg_type: 'interactive', content: BAD_CARD }),
      ),
      refuses(99992402, 'a uuid of 51 characters', async (s) => reply(s, await s.sent(), { uuid: 'u'.repeat(51) })),
    ],
  },
];

/** Refused calls count as well for the limit of the gateway: these fifty lack everything. */
async function fiftyOne(scene: Scene): Promise<unknown> {
  const call = (): Promise<unknown> => scene.request('POST', '/im/v1/messages', {});
  await scene.times(50, () => call().catch(() => undefined));
  return call();
}
