import { expect } from 'vitest';
import { idOf } from '../helpers.ts';
import { type Check, type Row, refuses } from './row.ts';
import { DIGITS, FOREIGN_GROUP, GROUP, MEMBER, NO_CHAT, type Scene, SECRETARY, STRANGER } from './scene.ts';

const START = { timestamp: '1796025600', timezone: 'Asia/Shanghai' };
const END = { timestamp: '1796029200', timezone: 'Asia/Shanghai' };
const MEETING = { summary: '支委会', start_time: START, end_time: END };
const KEY = '25fdf41b-8c80-2ce1-e94c-de8b5e7aa7e6';
const calendarOf = (openId: string): string => `feishu.cn_${openId.slice(3, 23)}@group.calendar.feishu.cn`;

interface Place {
  calendar_id: string;
  event_id: string;
}

const ownCalendar = async ({ sdk }: Scene): Promise<string> =>
  (await sdk.calendar.calendar.primary({})).data?.calendars?.[0]?.calendar?.calendar_id ?? '';

async function create(scene: Scene, more: object = {}, params: object = {}): Promise<CreatedEvent> {
  const path = { calendar_id: await ownCalendar(scene) };
  return scene.sdk.calendar.calendarEvent.create({ path, params, data: { ...MEETING, ...more } });
}
type CreatedEvent = Awaited<ReturnType<Scene['sdk']['calendar']['calendarEvent']['create']>>;

async function made(scene: Scene, more: object = {}): Promise<Place> {
  const event = (await create(scene, more)).data?.event;
  return { calendar_id: event?.organizer_calendar_id ?? '', event_id: event?.event_id ?? '' };
}

const get = ({ sdk }: Scene, path: Place, params: object = {}): Promise<unknown> =>
  sdk.calendar.calendarEvent.get({ path, params });
const change = ({ sdk }: Scene, path: Place, data: object = {}): Promise<unknown> =>
  sdk.calendar.calendarEvent.patch({ path, data });
const cancel = ({ sdk }: Scene, path: Place): Promise<unknown> => sdk.calendar.calendarEvent.delete({ path });
const listed = ({ sdk }: Scene, path: Place, params: object = {}): Promise<unknown> =>
  sdk.calendar.calendarEventAttendee.list({ path, params });
const invite = ({ sdk }: Scene, path: Place, attendees: unknown = [{ type: 'user', user_id: MEMBER }]) =>
  sdk.request({
    method: 'POST',
    url: `/open-apis/calendar/v4/calendars/${path.calendar_id}/events/${path.event_id}/attendees`,
    data: { attendees },
  });

const USER = {
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
const EVENT = {
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
const misplaced = (run: (scene: Scene, path: Place) => Promise<unknown>): Check[] => [
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

const inCalendar = (calendar_id: string) => (scene: Scene) =>
  scene.sdk.calendar.calendarEvent.create({ path: { calendar_id }, data: MEETING });

/** An invitation by somebody who can not be invited; nobody of the list is. */
const uninvited = (code: Parameters<typeof refuses>[0], when: string, one: object, http = 400): Check =>
  refuses(code, when, async (s) => invite(s, await made(s), [{ type: 'user', user_id: MEMBER }, one]), http);

const settings = (meeting_settings: object): object => ({ vchat: { vc_type: 'vc', meeting_settings } });

export const CALENDAR: Row[] = [
  {
    endpoint: 'post /calendar/v4/calendars/primary',
    success: ({ sdk }) => sdk.calendar.calendar.primary({ params: { user_id_type: 'open_id' } }),
    shape: {
      data: {
        calendars: [
          {
            calendar: {
              calendar_id: expect.stringMatching(/^feishu\.cn_\w+@group\.calendar\.feishu\.cn$/),
              summary: '机器人',
              type: 'primary',
              role: 'owner',
            },
            user_id: expect.stringMatching(/^ou_/),
          },
        ],
      },
    },
    refusals: [
      refuses(190002, 'a bot has no user_id', ({ sdk }) =>
        sdk.calendar.calendar.primary({ params: { user_id_type: 'user_id' } }),
      ),
    ],
  },
  {
    endpoint: 'post /calendar/v4/calendars/:calendar_id/events',
    success: async (s) => {
      const first = await create(s, {}, { idempotency_key: KEY });
      const again = await create(s, { summary: '又一次' }, { idempotency_key: KEY });
      const day = await create(s, { start_time: { date: '2026-12-01' }, end_time: { date: '2026-12-01' } });
      const asked = await create(s, settings({ auto_record: true }));
      return { first, same: first.data?.event?.event_id === again.data?.event?.event_id, day, asked };
    },
    shape: {
      first: { code: 0, data: { event: EVENT } },
      same: true,
      day: {
        data: {
          event: { ...EVENT, start_time: { date: '2026-12-01', timezone: 'UTC' }, end_time: expect.any(Object) },
        },
      },
      asked: {
        data: {
          event: {
            vchat: {
              vc_type: 'vc',
              meeting_url: expect.stringMatching(/^https:\/\/vc\.feishu\.cn\/j\/\d{9}$/),
              meeting_settings: { auto_record: true, open_lobby: true, allow_attendees_start: true },
            },
          },
        },
      },
    },
    refusals: [
      refuses(190002, 'a title of 1001 characters', (s) => create(s, { summary: 'x'.repeat(1001) })),
      refuses(190002, 'a description of 40961 characters', (s) => create(s, { description: 'x'.repeat(40_961) })),
      refuses(190002, 'it ends when it begins', (s) => create(s, { end_time: START })),
      refuses(190002, 'it begins on a day and ends at an instant', (s) =>
        create(s, { start_time: { date: '2026-11-01' } }),
      ),
      refuses(190002, 'both a day and an instant', (s) => create(s, { end_time: { ...END, date: '2026-12-01' } })),
      refuses(190002, 'the timestamp is a number', (s) => create(s, { end_time: { timestamp: 1_796_029_200 } })),
      refuses(190002, 'there is no such time zone', (s) => create(s, { end_time: { ...END, timezone: 'Mars/Base' } })),
      refuses(190002, 'an idempotency key of 31 characters', (s) => create(s, {}, { idempotency_key: 'k'.repeat(31) })),
      refuses(190002, 'an idempotency key of 129 characters', (s) =>
        create(s, {}, { idempotency_key: 'k'.repeat(129) }),
      ),
      refuses(190002, 'a reminder 15 days before', (s) => create(s, { reminders: [{ minutes: 21_600 }] })),
      refuses(191000, 'there is no such calendar', inCalendar(calendarOf(STRANGER)), 404),
      refuses(191001, 'the calendar id is malformed', inCalendar('primary')),
      refuses(191002, 'the calendar is of somebody else', inCalendar(calendarOf(SECRETARY)), 403),
      refuses(193101, 'attendees may not start it', (s) => create(s, settings({ allow_attendees_start: false }))),
      refuses(193101, 'a host in the calendar of an app', (s) => create(s, settings({ assign_hosts: [SECRETARY] }))),
      refuses(195100, 'nobody owns the meeting', (s) => create(s, settings({ owner_id: STRANGER })), 404),
      refuses(195112, 'a password of letters', (s) => create(s, settings({ password: 'secret' }))),
    ],
  },
  {
    endpoint: 'get /calendar/v4/calendars/:calendar_id/events/:event_id',
    success: async (s) => {
      const path = await made(s, settings({ password: '9710' }));
      await invite(s, path);
      return {
        bare: await get(s, path),
        full: await get(s, path, { need_attendee: true, need_meeting_settings: true }),
      };
    },
    shape: {
      bare: { data: { event: { ...EVENT, vchat: { vc_type: 'vc', meeting_url: expect.stringMatching(/\d{9}$/) } } } },
      full: {
        data: {
          event: { attendees: [USER], has_more_attendee: false, vchat: { meeting_settings: { password: '9710' } } },
        },
      },
    },
    refusals: [
      ...misplaced(get),
      refuses(190002, 'more than 100 attendees at once', async (s) => get(s, await made(s), { max_attendee_num: 101 })),
    ],
  },
  {
    endpoint: 'patch /calendar/v4/calendars/:calendar_id/events/:event_id',
    success: async (s) => change(s, await made(s), { start_time: END, end_time: { timestamp: '1796032800' } }),
    shape: {
      data: { event: { ...EVENT, start_time: END, end_time: { timestamp: '1796032800', timezone: 'Asia/Shanghai' } } },
    },
    refusals: [
      ...misplaced(change),
      refuses(190002, 'the new begin is behind the end', async (s) => change(s, await made(s), { start_time: END })),
    ],
  },
  {
    endpoint: 'delete /calendar/v4/calendars/:calendar_id/events/:event_id',
    success: async (s) => cancel(s, await made(s)),
    shape: { code: 0, data: {} },
    refusals: misplaced(cancel),
  },
  {
    endpoint: 'post /calendar/v4/calendars/:calendar_id/events/:event_id/attendees',
    success: async (s) => {
      const path = await made(s);
      const answer = await invite(s, path, [
        { type: 'user', user_id: MEMBER },
        { type: 'chat', chat_id: GROUP },
        { type: 'third_party', third_party_email: 'guest@example.org', is_optional: true },
      ]);
      return { answer, event: await get(s, path), again: await invite(s, path) };
    },
    shape: {
      answer: {
        data: {
          attendees: [
            USER,
            {
              type: 'chat',
              attendee_id: 'chat_2',
              chat_id: GROUP,
              display_name: '第一支部工作群',
              chat_members: [
                { display_name: '王辛', rsvp_status: 'needs_action' },
                expect.any(Object),
                expect.any(Object),
              ],
            },
            { type: 'third_party', third_party_email: 'guest@example.org', is_optional: true, is_external: true },
          ],
        },
      },
      event: { data: { event: { vchat: { vc_type: 'vc', meeting_url: expect.stringMatching(/\/\d{9}$/) } } } },
      again: { data: { attendees: { length: 3 } } },
    },
    refusals: [
      ...misplaced(invite),
      refuses(190002, '1001 at once', async (s) => invite(s, await made(s), Array(1001).fill({ type: 'user' }))),
      uninvited(190002, 'no address', { type: 'third_party', third_party_email: 'guest' }),
      uninvited(194000, 'there is no such group', { type: 'chat', chat_id: NO_CHAT }, 404),
      uninvited(194000, 'a private chat', { type: 'chat', chat_id: idOf('oc_', 'p2p:A.secretary') }, 404),
      uninvited(194000, 'there are no rooms', { type: 'resource', room_id: 'omm_1' }, 404),
      uninvited(194002, 'the bot is not in the group', { type: 'chat', chat_id: FOREIGN_GROUP }, 403),
      uninvited(194004, 'the type is unknown', { type: 'robot' }),
      uninvited(195100, 'nobody has this open_id', { type: 'user', user_id: STRANGER }, 404),
    ],
  },
  {
    endpoint: 'get /calendar/v4/calendars/:calendar_id/events/:event_id/attendees',
    success: async (s) => {
      const path = await made(s);
      await invite(s, path);
      return listed(s, path);
    },
    shape: { data: { items: [USER], has_more: false } },
    refusals: [
      ...misplaced(listed),
      refuses(190002, 'a page of 101', async (s) => listed(s, await made(s), { page_size: 101 })),
      refuses(190002, 'the page token is malformed', async (s) => listed(s, await made(s), { page_token: '?' })),
    ],
  },
];
