import { expect } from 'vitest';
import { type Check, type Row, refuses } from './row.ts';
import { DIGITS, NO_MESSAGE, type Scene } from './scene.ts';

const add = ({ sdk }: Scene, message_id: string): ReturnType<typeof sdk.im.messageReaction.create> =>
  sdk.im.messageReaction.create({ path: { message_id }, data: { reaction_type: { emoji_type: 'THUMBSUP' } } });
const list = ({ sdk }: Scene, message_id: string): Promise<unknown> =>
  sdk.im.messageReaction.list({ path: { message_id }, params: {} });
const remove = ({ sdk }: Scene, message_id: string, reaction_id = '0'.repeat(32)): Promise<unknown> =>
  sdk.im.messageReaction.delete({ path: { message_id, reaction_id } });

const REACTION = {
  reaction_id: expect.stringMatching(/./),
  operator: { operator_id: expect.stringMatching(/^cli_/), operator_type: 'app' },
  action_time: expect.stringMatching(DIGITS),
  reaction_type: { emoji_type: 'THUMBSUP' },
};

const reacted = async (scene: Scene): Promise<{ id: string; reaction: string }> => {
  const { id } = await scene.said();
  return { id, reaction: (await add(scene, id)).data?.reaction_id ?? '' };
};

const gone = (run: (scene: Scene, id: string) => Promise<unknown>): Check[] => [
  refuses(231002, 'the bot has left the group', async (s) => {
    const id = await s.sent();
    return s.outside(() => run(s, id));
  }),
  refuses(231003, 'there is no such message', (s) => run(s, NO_MESSAGE)),
  refuses(231003, 'the message was recalled', async (s) => run(s, await s.recalled(await s.sent()))),
];

/** The id of a reaction that a person added. */
async function foreign(scene: Scene, id: string): Promise<string> {
  await scene.control.react({ message_id: id, as: 'A.secretary', emoji: 'OK' });
  const { data } = await scene.sdk.im.messageReaction.list({ path: { message_id: id }, params: {} });
  return data?.items?.[0]?.reaction_id ?? '';
}

export const REACTIONS: Row[] = [
  {
    endpoint: 'post /im/v1/messages/:message_id/reactions',
    success: async (s) => add(s, (await s.said()).id),
    shape: { data: REACTION },
    refusals: [
      ...gone(add),
      refuses(99992402, 'the emoji is missing', async (s) =>
        s.request('POST', `/im/v1/messages/${await s.sent()}/reactions`, {}),
      ),
    ],
  },
  {
    endpoint: 'get /im/v1/messages/:message_id/reactions',
    success: async (s) => list(s, (await reacted(s)).id),
    shape: { data: { items: [REACTION], has_more: false } },
    refusals: gone(list),
  },
  {
    endpoint: 'delete /im/v1/messages/:message_id/reactions/:reaction_id',
    success: async (s) => {
      const { id, reaction } = await reacted(s);
      return remove(s, id, reaction);
    },
    shape: { data: REACTION },
    refusals: [
      ...gone(remove),
      refuses(231007, 'the reaction is of somebody else', async (s) => {
        const id = await s.sent();
        return remove(s, id, await foreign(s, id));
      }),
      refuses(231010, 'the reaction is on another message', async (s) => {
        const { reaction } = await reacted(s);
        return remove(s, await s.sent(), reaction);
      }),
      refuses(231011, 'the id is malformed', async (s) => remove(s, await s.sent(), 'x')),
    ],
  },
];
