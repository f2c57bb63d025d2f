import { expect } from 'vitest';
import { idOf } from '../helpers.ts';
import { get, invite, made, misplaced, type Place, USER } from './calendar-scene.ts';
import { type Check, type Row, refuses } from './row.ts';
import { FOREIGN_GROUP, GROUP, MEMBER, NO_CHAT, type Scene, STRANGER } from './scene.ts';

const listed = ({ sdk }: Scene, path: Place, params: object = {}): Promise<unknown> =>
  sdk.calendar.calendarEventAttendee.list({ path, params });

/** An invitation of one who can come, and of somebody who can not be invited. */
const uninvited = (code: Parameters<typeof refuses>[0], when: string, one: object, http = 400): Check =>
  refuses(code, when, async (s) => invite(s, await made(s), [{ type: 'user', user_id: MEMBER }, one]), http);

export const ATTENDEES: Row[] = [
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
