import { button, card, envelope } from '../helpers.ts';
import { type Row, refuses } from './row.ts';
import type { Scene } from './scene.ts';

const NEW_CARD: unknown = JSON.parse(card([button('已知')]));
const LONG_CARD: unknown = JSON.parse(card([{ tag: 'markdown', content: 'x'.repeat(30 * 1024) }]));
const BAD_CARD: unknown = JSON.parse(card([{ tag: 'form', name: 'f', elements: [] }]));

const update = (scene: Scene, token: unknown, content: unknown = NEW_CARD): Promise<unknown> =>
  scene.request('POST', '/interactive/v1/card/update', { token, card: content });

interface Clicked {
  id: string;
  token: string;
}

/** Somebody clicks on a card; the token is in the callback that the bot got. */
async function clicked(scene: Scene): Promise<Clicked> {
  const id = await scene.sentCard();
  await scene.control.click({ message_id: id, as: 'A.secretary', name: 'ack' });
  return { id, token: lastToken(scene) };
}

const lastToken = ({ bot, sandbox }: Scene): string =>
  String(envelope(bot.received.at(-1), sandbox.app.encrypt_key).event.token);

const tokenOf = async (scene: Scene): Promise<string> => (await clicked(scene)).token;

/** The bot updates the card before it answers the callback. */
async function early(scene: Scene): Promise<unknown> {
  const id = await scene.sentCard();
  let updated: Promise<unknown> = Promise.resolve();
  scene.bot.answer = async () => {
    updated = update(scene, lastToken(scene));
    await updated.catch(() => undefined);
    return {};
  };
  await scene.control.click({ message_id: id, as: 'A.secretary', name: 'ack' });
  scene.bot.answer = () => ({});
  return updated;
}

export const CARD_UPDATE: Row[] = [
  {
    endpoint: 'post /interactive/v1/card/update',
    success: async (s) => {
      const { id, token } = await clicked(s);
      const answer = await update(s, token);
      const { items } = await s.control.messages({ chat: 'A' });
      return { answer, buttons: items.find(({ message_id }) => message_id === id)?.buttons };
    },
    shape: { answer: { code: 0, msg: 'ok' }, buttons: [{ text: '已知' }] },
    refusals: [
      refuses(10002, 'the card is missing', async (s) => update(s, await tokenOf(s), null)),
      refuses(11311, 'the card has an error', async (s) => update(s, await tokenOf(s), BAD_CARD)),
      refuses(100000, 'a card of 30 KB and more', async (s) => update(s, await tokenOf(s), LONG_CARD)),
      refuses(200000, 'the card was recalled', async (s) => {
        const { id, token } = await clicked(s);
        await s.recalled(id);
        return update(s, token);
      }),
      refuses(200830, 'the new card is of JSON 1.0', async (s) => update(s, await tokenOf(s), { elements: [] })),
      refuses(300020, 'the token is malformed', (s) => update(s, 'token')),
      refuses(300030, 'there is no such token', (s) => update(s, 'c-nothing')),
      refuses(300030, 'the token is older than half an hour', async (s) => {
        const token = await tokenOf(s);
        await s.control.advance('PT30M1S');
        return update(s, token);
      }),
      refuses(300030, 'the callback was not answered yet', early),
      refuses(300040, 'the third use', async (s) => {
        const token = await tokenOf(s);
        await update(s, token);
        await update(s, token);
        return update(s, token);
      }),
    ],
  },
];
