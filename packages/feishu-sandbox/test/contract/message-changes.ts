import { text } from '../helpers.ts';
import { BAD_CARD, LONG_CARD, MESSAGE, TEXT } from './messages.ts';
import { type Row, refuses } from './row.ts';
import { CARD, NO_MESSAGE, type Scene } from './scene.ts';

const OLD_CARD = JSON.stringify({ elements: [] });

const patch = ({ sdk }: Scene, message_id: string, content = CARD): Promise<unknown> =>
  sdk.im.message.patch({ path: { message_id }, data: { content } });
const edit = ({ sdk }: Scene, message_id: string, data = TEXT): Promise<unknown> =>
  sdk.im.message.update({ path: { message_id }, data });
const recall = ({ sdk }: Scene, message_id: string): Promise<unknown> =>
  sdk.im.message.delete({ path: { message_id } });

export const MESSAGE_CHANGES: Row[] = [
  {
    endpoint: 'patch /im/v1/messages/:message_id',
    success: async (s) => patch(s, await s.sentCard()),
    shape: { code: 0, data: {} },
    refusals: [
      refuses(230001, 'the message is no card', async (s) => patch(s, await s.sent())),
      refuses(230011, 'the card was recalled', async (s) => patch(s, await s.recalled(await s.sentCard()))),
      refuses(230012, 'the message is of somebody else', async (s) => patch(s, (await s.said()).id)),
      refuses(230020, 'the sixth update of a second', async (s) => {
        const id = await s.sentCard();
        await s.times(5, () => patch(s, id));
        return patch(s, id);
      }),
      refuses(230025, 'a card of 30 KB and more', async (s) => patch(s, await s.sentCard(), LONG_CARD)),
      refuses(230031, 'the card is older than 14 days', async (s) => {
        const id = await s.sentCard();
        await s.control.advance('P14DT1S');
        return patch(s, id);
      }),
      refuses(230099, 'the new card has an error', async (s) => patch(s, await s.sentCard(), BAD_CARD)),
      refuses(230099, 'the new card is of JSON 1.0', async (s) => patch(s, await s.sentCard(), OLD_CARD)),
    ],
  },
  {
    endpoint: 'put /im/v1/messages/:message_id',
    success: async (s) => edit(s, await s.sent()),
    shape: { data: { ...MESSAGE, updated: true, body: { content: text('改') } } },
    refusals: [
      refuses(230001, 'there is no such message', (s) => edit(s, NO_MESSAGE)),
      refuses(230002, 'the bot has left the group', async (s) => {
        const id = await s.sent();
        return s.outside(() => edit(s, id));
      }),
      refuses(230011, 'the message was recalled', async (s) => edit(s, await s.recalled(await s.sent()))),
      refuses(230025, 'a text of 150 KB and more', async (s) =>
        edit(s, await s.sent(), { msg_type: 'text', content: text('x'.repeat(150 * 1024)) }),
      ),
      refuses(230054, 'the message is a card', async (s) => edit(s, await s.sentCard())),
      refuses(230071, 'the message is of somebody else', async (s) => edit(s, (await s.said()).id)),
      refuses(230072, 'the 21st edit', async (s) => {
        const id = await s.sent();
        for (let second = 0; second < 4; second += 1) {
          await s.times(5, () => edit(s, id));
          await s.control.advance('PT1S');
        }
        return edit(s, id);
      }),
    ],
  },
  {
    endpoint: 'delete /im/v1/messages/:message_id',
    success: async (s) => recall(s, await s.sent()),
    shape: { code: 0, data: {} },
    refusals: [
      refuses(230001, 'there is no such message', (s) => recall(s, NO_MESSAGE)),
      refuses(230002, 'the bot has left the group', async (s) => {
        const id = await s.sent();
        return s.outside(() => recall(s, id));
      }),
      refuses(230009, 'the message is older than a day', async (s) => {
        const id = await s.sent();
        await s.control.advance('P1DT1S');
        return recall(s, id);
      }),
      refuses(230026, 'the message is of somebody else', async (s) => recall(s, (await s.said()).id)),
      refuses(230110, 'the message was recalled before', async (s) => recall(s, await s.recalled(await s.sent()))),
    ],
  },
];
