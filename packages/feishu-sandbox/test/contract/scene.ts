import { fileURLToPath } from 'node:url';
import { button, card, create, GROUP, idOf, openStage, type Stage, sdkFor, text } from '../helpers.ts';

export const WORLD = fileURLToPath(new URL('world.json', import.meta.url));
export const SECRETARY = idOf('ou_', 'A.secretary');
export const MEMBER = idOf('ou_', 'A.member.01');
export const OUTSIDE = idOf('ou_', 'outside');
export const STRANGER = idOf('ou_', 'nobody');
export const FOREIGN_GROUP = idOf('oc_', 'B');
export const NO_CHAT = idOf('oc_', 'nowhere');
export const NO_MESSAGE = `om_${'0'.repeat(32)}`;
export const PNG = Buffer.from('\x89PNG\r\n\x1a\n and the rest', 'latin1');
export const CARD = card([button('知道了', { name: 'ack', behaviors: [{ type: 'callback', value: { op: 'ack' } }] })]);

/** A sandbox in which things can be brought about in one line each. */
export interface Scene extends Stage {
  /** The id of a text that the bot sent into the group. */
  sent(): Promise<string>;
  /** The same of a card with one button. */
  sentCard(): Promise<string>;
  /** The id of a message that a person wrote in the group, and what it carries. */
  said(file?: string): Promise<{ id: string; key: string }>;
  recalled(id: string): Promise<string>;
  /** While this runs, the bot is not in the group. */
  outside<T>(run: () => Promise<T>): Promise<T>;
  uploaded(type: 'stream' | 'mp4' | 'opus' | 'pdf'): Promise<string>;
  /** Does the same thing several times at once. */
  times<T>(count: number, run: (index: number) => Promise<T>): Promise<T[]>;
  /** Any call of the SDK that has no types, or is malformed. */
  request(method: string, path: string, data?: unknown, params?: object): Promise<unknown>;
}

export async function openScene(): Promise<Scene> {
  const stage = await openStage({ world: WORLD });
  const tokens = new Map<unknown, unknown>();
  const cache = {
    get: async (key: unknown) => tokens.get(key),
    set: async (...pair: [unknown, unknown]) => Boolean(tokens.set(...pair)),
  };
  const sdk = sdkFor(stage.sandbox, cache);
  // A token is good as long as the clock stands.
  const advance: typeof stage.control.advance = (duration) => {
    tokens.clear();
    return stage.control.advance(duration);
  };
  const control = { ...stage.control, advance };
  const idOfSent = async (call: ReturnType<typeof create>): Promise<string> => (await call).data?.message_id ?? '';
  return {
    ...stage,
    sdk,
    control,
    sent: () => idOfSent(create(sdk, text('一条'))),
    sentCard: () => idOfSent(create(sdk, CARD, { msgType: 'interactive' })),
    said: async (file) => {
      const files = file === undefined ? [] : [{ name: file, base64: PNG.toString('base64') }];
      const words = file === undefined ? { text: '在' } : {};
      const { message_id: id } = await control.say({ chat: 'A', as: 'A.secretary', files, ...words });
      const { items } = await control.messages({ chat: 'A' });
      return { id, key: items.find(({ message_id }) => message_id === id)?.files[0]?.key ?? '' };
    },
    recalled: async (id) => {
      await sdk.im.message.delete({ path: { message_id: id } });
      return id;
    },
    outside: async (run) => {
      await control.members({ chat: 'A', remove: ['bot'] });
      try {
        return await run();
      } finally {
        await control.members({ chat: 'A', add: ['bot'] });
      }
    },
    uploaded: async (file_type) => {
      const answer = await sdk.im.file.create({ data: { file_type, file_name: `一份.${file_type}`, file: PNG } });
      return answer?.file_key ?? '';
    },
    times: (count, run) => Promise.all(Array.from({ length: count }, (_, index) => run(index))),
    request: (method, path, data, params) =>
      sdk.request({ method, url: `/open-apis${path}`, ...(data === undefined ? {} : { data }), params }),
  };
}

/** For shapes: what a field looks like. */
export const DIGITS = /^\d+$/;
export const MESSAGE_ID = /^om_[0-9a-f]{32}$/;
export { GROUP };
