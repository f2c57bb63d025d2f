import { z } from 'zod';

const DAY_MS = 86_400_000;

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

const timezone = z.string().refine(isZone, 'no IANA time zone');
/** A day, whose zone is always UTC, or an instant in seconds. */
const time = z.union([
  z
    .strictObject({ date: z.iso.date(), timezone: timezone.optional() })
    .transform(({ date }) => ({ date, timezone: 'UTC' })),
  z.strictObject({ timestamp: z.string().regex(/^\d{1,11}$/), timezone: timezone.default('Asia/Shanghai') }),
]);

const meetingSettings = z.object({
  owner_id: z.string().optional(),
  join_meeting_permission: z
    .enum(['anyone_can_join', 'only_organization_employees', 'only_event_attendees'])
    .default('anyone_can_join'),
  password: z.string().optional(),
  assign_hosts: z.array(z.string()).max(10).default([]),
  auto_record: z.boolean().default(false),
  open_lobby: z.boolean().default(true),
  allow_attendees_start: z.boolean().default(true),
});

const vchat = z.object({
  vc_type: z.enum(['vc', 'third_party', 'no_meeting']).optional(),
  icon_type: z.enum(['vc', 'live', 'default']).optional(),
  description: z.string().max(500).optional(),
  meeting_url: z.string().min(1).max(2000).optional(),
  meeting_settings: meetingSettings.optional(),
});

const location = z.object({
  name: z.string().min(1).max(512).optional(),
  address: z.string().min(1).max(255).optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
});

const given = z.object({
  summary: z.string().max(1000),
  description: z.string().max(40_960),
  start_time: time,
  end_time: time,
  vchat,
  visibility: z.enum(['default', 'public', 'private']),
  attendee_ability: z.enum(['none', 'can_see_others', 'can_invite_others', 'can_modify_event']),
  free_busy_status: z.enum(['busy', 'free']),
  location,
  color: z.int(),
  reminders: z.array(z.object({ minutes: z.int().min(-20_160).max(20_160) })),
  recurrence: z.string().max(2000),
});

/** What a bot says of an event: all of it when the event is new, with defaults; later only what changes. */
export const newEvent = given.extend({
  summary: given.shape.summary.default(''),
  description: given.shape.description.default(''),
  vchat: vchat.default({}),
  visibility: given.shape.visibility.default('default'),
  attendee_ability: given.shape.attendee_ability.default('none'),
  free_busy_status: given.shape.free_busy_status.default('busy'),
  location: location.default({}),
  color: given.shape.color.default(-1),
  reminders: given.shape.reminders.default([]),
  recurrence: given.shape.recurrence.default(''),
});
export const changedEvent = given.partial();

export type EventFields = z.output<typeof newEvent>;
type EventTime = EventFields['start_time'];

export interface Attendee {
  id: string;
  type: 'user' | 'chat' | 'third_party';
  /** A person's key, a chat's id, or an address. */
  target: string;
  optional: boolean;
}

/** An event of the bot's calendar, stored as it is after each change. */
export interface CalendarEvent {
  id: string;
  idempotencyKey: string | null;
  fields: EventFields;
  /** The number of the video meeting; it is made for the first attendee, or at once when asked for. */
  meetingNo: string | null;
  attendees: Attendee[];
  createdAt: number;
  deleted: boolean;
}

const instant = (one: EventTime): number => ('date' in one ? Date.parse(one.date) : Number(one.timestamp) * 1000);

/** Both days, or both instants; it ends after it begins, at the earliest on the same day. */
export function isInOrder({ start_time: start, end_time: end }: Pick<EventFields, 'start_time' | 'end_time'>): boolean {
  if ('date' in start !== 'date' in end) return false;
  return instant(end) + ('date' in end ? DAY_MS : 0) > instant(start);
}

/** The main calendar of a person or of the bot. */
export const calendarIdOf = (openId: string): string => `feishu.cn_${openId.slice(3, 23)}@group.calendar.feishu.cn`;
