import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CalendarEvent } from '../src/core/calendar.ts';
import type { JournalRecord } from '../src/core/records.ts';
import { State } from '../src/core/state.ts';
import { Directory, readWorld } from '../src/core/world.ts';
import { openScene, type Scene, WORLD } from './contract/scene.ts';
import { create, envelope, GROUP, idOf, text } from './helpers.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.stop());
beforeEach(() => scene.control.advance('PT1M').then(() => undefined));

const START = { timestamp: '1796025600' };
const MEETING = { summary: '支委会', start_time: START, end_time: { timestamp: '1796029200' } };

test('a topic: its first message carries the id, all answers hang on it, the history shows it alone', async () => {
  const { sdk } = scene;
  const root = await scene.sent();
  const answer = async (message_id: string, more: object): Promise<string> => {
    const data = { msg_type: 'text', content: text('答'), ...more };
    const { data: made } = await sdk.im.message.reply({ path: { message_id }, data });
    expect(made).toMatchObject({ root_id: root, parent_id: root });
    return made?.message_id ?? '';
  };
  const beside = await sdk.im.message.reply({
    path: { message_id: root },
    data: { msg_type: 'text', content: text('旁') },
  });
  expect(beside.data).not.toHaveProperty('thread_id');
  const first = await answer(root, { reply_in_thread: true });
  const second = await answer(first, {});
  const opened = (await sdk.im.message.get({ path: { message_id: root } })).data?.items?.[0];
  expect(opened?.thread_id).toMatch(/^omt_/);
  const list = async (container_id_type: string, container_id: string): Promise<unknown[]> => {
    const params = { container_id_type, container_id, page_size: 50 };
    const { data } = await sdk.im.message.list({ params });
    return data?.items?.map(({ message_id }) => message_id) ?? [];
  };
  expect(await list('thread', opened?.thread_id ?? '')).toEqual([root, first, second]);
  expect(await list('chat', GROUP)).toEqual([root, beside.data?.message_id]);
});

test('pages come to an end, also through the iterator of the SDK', async () => {
  const { sdk } = scene;
  await scene.times(5, () => scene.sent());
  const params = { container_id_type: 'chat', container_id: GROUP, page_size: 2 };
  const seen: unknown[] = [];
  for await (const page of await sdk.im.message.listWithIterator({ params })) {
    seen.push(...(page?.items ?? []).map(({ message_id }) => message_id));
  }
  const { data } = await sdk.im.message.list({ params: { ...params, page_size: 50 } });
  expect(seen).toEqual(data?.items?.map(({ message_id }) => message_id));
  expect(seen.length).toBeGreaterThan(5);
});

test('groups are listed by what was said last when asked, and a private chat has no name', async () => {
  const { sdk, control } = scene;
  await control.members({ chat: 'B', add: ['bot'] });
  const names = async (sort_type: 'ByCreateTimeAsc' | 'ByActiveTimeDesc'): Promise<unknown[]> =>
    (await sdk.im.chat.list({ params: { sort_type } })).data?.items?.map(({ name }) => name) ?? [];
  await create(sdk, text('在'), {}, idOf('oc_', 'B'));
  expect(await names('ByCreateTimeAsc')).toEqual(['第一支部工作群', '第二支部工作群']);
  expect(await names('ByActiveTimeDesc')).toEqual(['第二支部工作群', '第一支部工作群']);
  await control.members({ chat: 'B', remove: ['bot'] });
  const own = await create(sdk, text('私聊'), { type: 'open_id' }, idOf('ou_', 'A.member.01'));
  expect(own.data?.chat_id).toBe(idOf('oc_', 'p2p:A.member.01'));
  const chat = await sdk.im.chat.get({ path: { chat_id: own.data?.chat_id ?? '' } });
  expect(chat.data).toMatchObject({ name: '', chat_mode: 'p2p', user_count: '1' });
});

test('what the bot withdraws is reported like any recall', async () => {
  const id = await scene.sent();
  const before = scene.bot.received.length;
  await scene.recalled(id);
  await scene.control.settle();
  const told = scene.bot.received.slice(before).map((one) => envelope(one, scene.sandbox.app.encrypt_key));
  expect(told).toMatchObject([{ header: { event_type: 'im.message.recalled_v1' }, event: { message_id: id } }]);
});

test('a second invitation of somebody invites nobody twice; a meeting of another kind gets no link', async () => {
  const { sdk } = scene;
  const calendar_id = (await sdk.calendar.calendar.primary({})).data?.calendars?.[0]?.calendar?.calendar_id ?? '';
  const urlOf = async (vchat: object): Promise<unknown> => {
    const made = await sdk.calendar.calendarEvent.create({ path: { calendar_id }, data: { ...MEETING, vchat } });
    const path = { calendar_id, event_id: made.data?.event?.event_id ?? '' };
    const data = { attendees: [{ type: 'user' as const, user_id: idOf('ou_', 'A.member.01') }] };
    await sdk.calendar.calendarEventAttendee.create({ path, data });
    const again = await sdk.calendar.calendarEventAttendee.create({ path, data });
    expect(again.data?.attendees).toHaveLength(1);
    return (await sdk.calendar.calendarEvent.get({ path })).data?.event?.vchat?.meeting_url;
  };
  expect(await urlOf({})).toMatch(/\/\d{9}$/);
  expect(await urlOf({ vc_type: 'no_meeting' })).toBeUndefined();
  const meeting_url = 'https://meeting.example.org/1';
  expect(await urlOf({ vc_type: 'third_party', meeting_url })).toBe(meeting_url);
});

test('the shortened journal leads to the same events, reservations and card tokens', () => {
  const fresh = (): State => new State(new Directory(readWorld(WORLD)));
  const reserve = { id: '1', meetingNo: '112000358', owner: 'A.secretary', endsAt: 5, settings: {} };
  const records: JournalRecord[] = [
    { t: 'calendar-event', event: EVENT },
    { t: 'calendar-event', event: { ...EVENT, deleted: true } },
    { t: 'reserve', reserve },
    { t: 'reserve', reserve: { ...reserve, id: '2' } },
    { t: 'reserve-deleted', id: '1' },
    { t: 'card-token', token: 'c-1', card: { messageId: 'om_1', issuedAt: 1, uses: 0 } },
    { t: 'card-token', token: 'c-1', card: { messageId: 'om_1', issuedAt: 1, uses: 1 } },
  ];
  const long = fresh();
  for (const record of records) long.commit(record);
  const short = fresh();
  short.replay(long.snapshot());
  expect([...short.events.values()]).toEqual([{ ...EVENT, deleted: true }]);
  expect([...short.reserves.keys()]).toEqual(['2']);
  expect([...short.cardTokens.values()]).toEqual([{ messageId: 'om_1', issuedAt: 1, uses: 1 }]);
});

const EVENT: CalendarEvent = {
  id: 'e_0',
  idempotencyKey: null,
  fields: {
    summary: '支委会',
    description: '',
    start_time: { date: '2026-12-01', timezone: 'UTC' },
    end_time: { date: '2026-12-01', timezone: 'UTC' },
    vchat: {},
    visibility: 'default',
    attendee_ability: 'none',
    free_busy_status: 'busy',
    location: {},
    color: -1,
    reminders: [],
    recurrence: '',
  },
  meetingNo: null,
  attendees: [],
  createdAt: 0,
  deleted: false,
};
