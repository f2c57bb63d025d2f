import { expect } from 'vitest';
import { type Check, type Row, refuses } from './row.ts';
import { DIGITS, type Scene, SECRETARY, STRANGER } from './scene.ts';

const DAY = 86_400;

/** Reserves a meeting for an hour from now, or as said. */
async function apply(scene: Scene, more: object = {}, settings: object = {}) {
  const end_time = await inSeconds(scene, 3600);
  const data = { end_time, owner_id: SECRETARY, meeting_settings: { topic: '支委会', ...settings }, ...more };
  return scene.sdk.vc.reserve.apply({ data });
}

async function inSeconds({ control }: Scene, seconds: number): Promise<string> {
  return String(Math.floor(Date.parse((await control.clock()).now) / 1000) + seconds);
}

const reserved = async (scene: Scene): Promise<string> => (await apply(scene)).data?.reserve?.id ?? '';
const get = ({ sdk }: Scene, reserve_id: string): Promise<unknown> => sdk.vc.reserve.get({ path: { reserve_id } });
const remove = ({ sdk }: Scene, reserve_id: string): Promise<unknown> =>
  sdk.vc.reserve.delete({ path: { reserve_id } });

const RESERVE = {
  id: expect.stringMatching(/^\d{19}$/),
  meeting_no: expect.stringMatching(/^\d{9}$/),
  password: expect.any(String),
  url: expect.stringMatching(/^https:/),
  app_link: expect.stringMatching(/^https:/),
  live_link: expect.stringMatching(/^https:/),
  end_time: expect.stringMatching(DIGITS),
};

const gone = (run: (scene: Scene, id: string) => Promise<unknown>): Check[] => [
  refuses(121004, 'there is no such reservation', (s) => run(s, '6911188411934973028'), 404),
  refuses(
    121004,
    'it was given back',
    async (s) => {
      const id = await reserved(s);
      await remove(s, id);
      return run(s, id);
    },
    404,
  ),
];

const host = (id: string): object => ({ user_type: 1, id });

export const RESERVES: Row[] = [
  {
    endpoint: 'post /vc/v1/reserves/apply',
    success: (s) => apply(s, {}, { password: '971024', assign_host_list: [host(SECRETARY), host(STRANGER)] }),
    shape: {
      code: 0,
      data: {
        reserve: { ...RESERVE, password: '971024' },
        reserve_correction_check_info: { invalid_host_id_list: [STRANGER] },
      },
    },
    refusals: [
      refuses(121002, 'a call by telephone', (s) => apply(s, {}, { meeting_initial_type: 2 })),
      refuses(121003, 'nobody owns it', (s) => apply(s, { owner_id: undefined })),
      refuses(121003, 'the owner is unknown', (s) => apply(s, { owner_id: STRANGER })),
      refuses(121003, 'in 31 days', async (s) => apply(s, { end_time: await inSeconds(s, 31 * DAY) })),
      refuses(121003, 'in the past', async (s) => apply(s, { end_time: await inSeconds(s, -1) })),
      refuses(123002, 'a recorded call', (s) => apply(s, {}, { meeting_initial_type: 2, auto_record: true })),
      refuses(123003, 'eleven hosts', (s) => apply(s, {}, { assign_host_list: Array(11).fill(host(SECRETARY)) })),
      refuses(123006, 'a password of letters', (s) => apply(s, {}, { password: 'secret' })),
    ],
  },
  {
    endpoint: 'get /vc/v1/reserves/:reserve_id',
    success: async (s) => {
      const id = await reserved(s);
      const before = await get(s, id);
      await s.control.advance('PT2H');
      return { before, after: await get(s, id) };
    },
    shape: {
      before: {
        data: {
          reserve: {
            ...RESERVE,
            expire_status: 1,
            reserve_user_id: SECRETARY,
            meeting_settings: { topic: '支委会', meeting_initial_type: 1, auto_record: false },
          },
        },
      },
      after: { data: { reserve: { expire_status: 2 } } },
    },
    refusals: gone(get),
  },
  {
    endpoint: 'delete /vc/v1/reserves/:reserve_id',
    success: async (s) => remove(s, await reserved(s)),
    shape: { code: 0, data: {} },
    refusals: gone(remove),
  },
];
