import { expect } from 'vitest';
import { type Check, refuses } from './row.ts';
import { DIGITS, MEMBER, type Scene, SECRETARY, STRANGER } from './scene.ts';

export const START = { timestamp: '1796025600', timezone: 'Asia/Shanghai' };
export const END = { timestamp: '1796029200', timezone: 'Asia/Shanghai' };
export const MEETING = { summary: '支委会', start_time: START, end_time: END };
export const KEY = '25fdf41b-8c80-2ce1-e94c-de8b5e7aa7e6';
export const calendarOf = (openId: string): string => `feishu.cn_${openId.slice(3, 23)}@group.calendar.feishu.cn`;

export interface Place {
  calendar_id: string;
  event_id: string;
}

const ownCalendar = async ({ sdk }: Scene): Promise<string> =>
  (await sdk.calendar.calendar.primary({})).data?.calendars?.[0]?.calendar?.calendar_id ?? '';

export async function create(scene: Scene, more: object = {}, params: object = {}): Promise<CreatedEvent> {
  const path = { calendar_id: await ownCalendar(scene) };
  return scene.sdk.calendar.calendarEvent.create({ path, params, data: { ...MEETING, ...more } });
}
type CreatedEvent = Awaited<ReturnType<Scene['sdk']['calendar']['calendarEvent']['create']>>;

export async function made(scene: Scene, more: object = {}): Promise<Place> {
  const event = (await create(scene, more)).data?.event;
  return { calendar_id: event?.organizer_calendar_id ?? '', event_id: event?.event_id ?? '' };
}

export const cancel = ({ sdk }: Scene, path: Place): Promise<unknown> => sdk.calendar.calendarEvent.delete({ path });
export const get = ({ sdk }: Scene, path: Place, params: object = {}): Promise<unknown> =>
  sdk.calendar.calendarEvent.get({ path, params });
export const invite = ({ sdk }: Scene, path: Place, attendees: unknown = [{ type: 'user', user_id: MEMBER }]) =>
  sdk.request({
    method: 'POST',
    url: `/open-apis/calendar/v4/calendars/${path.calendar_id}/events/${path.event_id}/attendees`,
    data: { attendees },
  });

export const USER = {
  type: 'user',
  attendee_id: 'user_1',
  rsvp_status: 'needs_action',
  is_optional: false,
  is_organizer: false,
  is_external: false,
  display_name: '赵甲',
  user_id: MEMBER,
};

/** The event's shape (feishu.md §6, §9.2). */
export const EVENT = {
  event_id: expect.stringMatching(/^[0-9a-f-]{36}_0$/),
  organizer_calendar_id: expect.stringMatching(/^feishu\.cn_/),
  summary: '支委会',
  description: '',
  start_time: START,
  end_time: END,
  vchat: { vc_type: 'vc', meeting_url: '' },
  visibility: 'default',
  attendee_ability: 'none',
  free_busy_status: 'busy',
  color: -1,
  reminders: [],
  recurrence: '',
  status: 'confirmed',
  is_exception: false,
  create_time: expect.stringMatching(DIGITS),
  event_organizer: { user_id: expect.stringMatching(/^ou_/), display_name: '机器人' },
  app_link: expect.stringMatching(/^https:/),
};

/** What is refused for its path, whatever is to be done there. */
export const misplaced = (run: (scene: Scene, path: Place) => Promise<unknown>): Check[] => [
  refuses(191001, 'the calendar id is malformed', async (s) => run(s, { ...(await made(s)), calendar_id: 'primary' })),
  refuses(191000, 'there is no such calendar', (s) => elsewhere(s, calendarOf(STRANGER), run), 404),
  refuses(191002, 'the calendar is of somebody else', (s) => elsewhere(s, calendarOf(SECRETARY), run), 403),
  refuses(193000, 'the event id is malformed', async (s) => run(s, { ...(await made(s)), event_id: 'x' })),
  refuses(193001, 'there is no such event', async (s) => run(s, { ...(await made(s)), event_id: `${KEY}_0` }), 404),
  refuses(193003, 'the event was deleted', async (s) => run(s, await cancelled(s)), 403),
];

const elsewhere = async (
  scene: Scene,
  calendar_id: string,
  run: (scene: Scene, path: Place) => Promise<unknown>,
): Promise<unknown> => run(scene, { ...(await made(scene)), calendar_id });

async function cancelled(scene: Scene): Promise<Place> {
  const path = await made(scene);
  await cancel(scene, path);
  return path;
}
