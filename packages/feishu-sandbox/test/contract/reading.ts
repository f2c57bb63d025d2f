import { expect } from 'vitest';
import { card } from '../helpers.ts';
import { bytesOf } from './download.ts';
import { MESSAGE } from './messages.ts';
import { byFaults, type Check, type Row, refuses } from './row.ts';
import { DIGITS, FOREIGN_GROUP, GROUP, MEMBER, NO_CHAT, NO_MESSAGE, PNG, type Scene } from './scene.ts';

const list = ({ sdk }: Scene, more: object = {}): Promise<unknown> =>
  sdk.im.message.list({ params: { container_id_type: 'chat', container_id: GROUP, ...more } });
const get = ({ sdk }: Scene, message_id: string): Promise<unknown> => sdk.im.message.get({ path: { message_id } });
const readers = ({ sdk }: Scene, message_id: string, more: object = {}): Promise<unknown> =>
  sdk.im.message.readUsers({ path: { message_id }, params: { user_id_type: 'open_id', ...more } });

const resource = (scene: Scene, message_id: string, file_key: string, type = 'image'): Promise<Buffer> =>
  bytesOf(scene.sdk.im.messageResource.get({ path: { message_id, file_key }, params: { type } }));

async function topic(scene: Scene): Promise<string> {
  const data = { msg_type: 'text', content: '{"text":"话题"}', reply_in_thread: true };
  const answer = await scene.sdk.im.message.reply({ path: { message_id: await scene.sent() }, data });
  return answer.data?.thread_id ?? '';
}

/** What is refused when the message is out of reach. */
export const gone = (run: (scene: Scene, id: string) => Promise<unknown>): Check[] => [
  refuses(230001, 'there is no such message', (s) => run(s, NO_MESSAGE)),
  refuses(230002, 'the bot has left the group', async (s) => {
    const id = await s.sent();
    return s.outside(() => run(s, id));
  }),
];
export const recalled = (run: (scene: Scene, id: string) => Promise<unknown>): Check =>
  refuses(230110, 'the message was recalled', async (s) => run(s, await s.recalled(await s.sent())));

export const READING: Row[] = [
  {
    endpoint: 'get /im/v1/messages/:message_id',
    success: async (s) => get(s, await s.sent()),
    shape: { data: { items: [MESSAGE] } },
    refusals: gone(get),
  },
  {
    endpoint: 'get /im/v1/messages',
    success: async (s) => {
      await s.times(2, () => s.sent());
      return list(s, { page_size: 1 });
    },
    shape: { data: { has_more: true, page_token: expect.stringMatching(/./), items: [expect.any(Object)] } },
    refusals: [
      refuses(230001, 'there is no such chat', (s) => list(s, { container_id: NO_CHAT })),
      refuses(230001, 'there is no such topic', (s) =>
        list(s, { container_id_type: 'thread', container_id: 'omt_nothing' }),
      ),
      refuses(230001, 'a topic takes no range of time', async (s) =>
        list(s, { container_id_type: 'thread', container_id: await topic(s), start_time: '1' }),
      ),
      refuses(230002, 'the bot is not in the group', (s) => list(s, { container_id: FOREIGN_GROUP })),
      refuses(99992402, 'a page of 51', (s) => list(s, { page_size: 51 })),
    ],
  },
  {
    endpoint: 'get /im/v1/messages/:message_id/read_users',
    success: async (s) => {
      const id = await s.sent();
      await s.control.read({ message_id: id, as: 'A.member.01' });
      await s.control.read({ message_id: id, as: 'A.member.02' });
      return readers(s, id, { page_size: 1 });
    },
    shape: {
      data: {
        has_more: true,
        page_token: expect.stringMatching(/./),
        items: [
          {
            user_id_type: 'open_id',
            user_id: MEMBER,
            timestamp: expect.stringMatching(DIGITS),
            tenant_key: expect.any(String),
          },
        ],
      },
    },
    refusals: [
      ...gone(readers),
      recalled(readers),
      refuses(230012, 'the message is of somebody else', async (s) => readers(s, (await s.said()).id)),
      refuses(230033, 'the message is older than 7 days', async (s) => {
        const id = await s.sent();
        await s.control.advance('P7DT1S');
        return readers(s, id);
      }),
      refuses(99992402, 'the page token is malformed', async (s) => readers(s, await s.sent(), { page_token: '?' })),
    ],
  },
  {
    endpoint: 'get /im/v1/messages/:message_id/resources/:file_key',
    success: async (s) => {
      const { id, key } = await s.said('照片.png');
      return { bytes: (await resource(s, id, key)).toString('base64') };
    },
    shape: { bytes: PNG.toString('base64') },
    refusals: [
      refuses(230110, 'the message was recalled', async (s) => {
        const { id, key } = await s.said('照片.png');
        await s.control.recall({ message_id: id, as: 'A.secretary' });
        return resource(s, id, key);
      }),
      ...byFaults([234037], 'GET', '/open-apis/im/v1/messages/:id/resources/:key', async (s) => {
        const { id, key } = await s.said('照片.png');
        return resource(s, id, key);
      }),
      refuses(234001, 'there is no such message', (s) => resource(s, NO_MESSAGE, 'img_v3_x')),
      refuses(234003, 'the key is of another message', async (s) => {
        const { key } = await s.said('照片.png');
        return resource(s, (await s.said()).id, key);
      }),
      refuses(234004, 'the bot has left the group', async (s) => {
        const { id, key } = await s.said('照片.png');
        return s.outside(() => resource(s, id, key));
      }),
      refuses(234043, 'the message is a card', async (s) => {
        const content = card([{ tag: 'markdown', content: '图' }]);
        const sent = await s.sdk.im.message.create({
          params: { receive_id_type: 'chat_id' },
          data: { receive_id: GROUP, msg_type: 'interactive', content },
        });
        return resource(s, sent.data?.message_id ?? '', 'img_v3_x');
      }),
      refuses(99992402, 'the type is neither image nor file', (s) => resource(s, NO_MESSAGE, 'img_v3_x', 'film')),
    ],
  },
];
