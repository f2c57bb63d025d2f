import { expect } from 'vitest';
import {
  calendarOf,
  cancel,
  create,
  END,
  EVENT,
  get,
  invite,
  KEY,
  MEETING,
  made,
  misplaced,
  type Place,
  START,
  USER,
} from './calendar-scene.ts';
import { type Row, refuses } from './row.ts';
import { type Scene, SECRETARY, STRANGER } from './scene.ts';

const change = ({ sdk }: Scene, path: Place, data: object = {}): Promise<unknown> =>
  sdk.calendar.calendarEvent.patch({ path, data });

const inCalendar = (calendar_id: string) => (scene: Scene) =>
  scene.sdk.calendar.calendarEvent.create({ path: { calendar_id }, data: MEETING });

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
];
