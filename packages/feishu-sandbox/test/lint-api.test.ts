import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { card, create, idOf, openStage, refusal, type Stage } from './helpers.ts';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());
beforeEach(() => stage.control.advance('PT1M').then(() => undefined));

const send = (content: string) => create(stage.sdk, content, { msgType: 'interactive' });
const refused = async (content: string): Promise<string> => {
  await stage.control.advance('PT1S');
  const { http, code, msg } = await refusal(send(content));
  expect({ http, code }).toEqual({ http: 400, code: 230099 });
  return msg;
};
const image = (img_key: string): string => card([{ tag: 'img', img_key, alt: { tag: 'plain_text', content: '' } }]);
const person = (user_id: string): string => card([{ tag: 'person', user_id }]);

test('a card that is not as it should be is refused wherever it is sent, by code and sub-code', async () => {
  const { sdk } = stage;
  const unknown = card([{ tag: 'hr', colour: 'red' }]);
  const words = 'ext=ErrCode: 200621; ErrMsg: unknown property, property: colour, path: ROOT -> body -> elements';
  expect(await refused(unknown)).toContain(words);
  const sent = await send(card([{ tag: 'hr' }]));
  const path = { message_id: sent.data?.message_id ?? '' };
  const data = { msg_type: 'interactive', content: unknown };
  expect(await refusal(sdk.im.message.reply({ path, data }))).toMatchObject({ code: 230099 });
  expect(await refusal(sdk.im.message.patch({ path, data: { content: unknown } }))).toMatchObject({ code: 230099 });
  expect(await sdk.im.message.patch({ path, data: { content: card([]) } })).toMatchObject({ code: 0 });
});

test('a picture has to be one that the bot uploaded', async () => {
  const { control, sdk } = stage;
  const own = await sdk.im.image.create({ data: { image_type: 'message', image: Buffer.from(PIXEL, 'base64') } });
  expect(await send(image(own?.image_key ?? ''))).toMatchObject({ code: 0 });
  expect(await refused(image('img_v3_nobody'))).toContain('ErrCode: 200570;');
  const said = await control.say({ as: 'A.secretary', files: [{ name: '图.png', base64: PIXEL }] });
  const message = (await control.messages()).items.find(({ message_id }) => message_id === said.message_id);
  expect(await refused(image(message?.files[0]?.key ?? ''))).toContain('ErrCode: 200570;');
});

test('a person has to exist, under an id of the platform', async () => {
  for (const id of [idOf('ou_', 'A.secretary'), idOf('on_', 'A.secretary'), (await stage.control.app()).bot.open_id]) {
    expect(await send(person(id))).toMatchObject({ code: 0 });
  }
  expect(await refused(person(idOf('ou_', 'nobody')))).toContain('ErrCode: 100290;');
  expect(await refused(person('A.secretary'))).toContain('ErrCode: 100290;');
});

test('30 KB pass, one byte more does not', async () => {
  const empty = Buffer.byteLength(card([{ tag: 'markdown', content: '' }]));
  const filled = (bytes: number): string => card([{ tag: 'markdown', content: 'x'.repeat(bytes - empty) }]);
  expect(await send(filled(30 * 1024))).toMatchObject({ code: 0 });
  expect(await refusal(send(filled(30 * 1024 + 1)))).toMatchObject({ http: 400, code: 230025 });
});
