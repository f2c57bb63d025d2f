import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  type CalendarEvent,
  calendarIdOf,
  changedEvent,
  type EventFields,
  isInOrder,
  newEvent,
} from '../core/calendar.ts';
import { newMeetingNo } from '../core/ids.ts';
import { refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { eventOf, MALFORMED, mustOwnCalendar } from './calendar-path.ts';
import { attendeeView, eventView } from './calendar-view.ts';
import { type ApiCall, type IdType, personById, validated, withUserIds } from './call.ts';

const primaryQuery = z.object({ user_id_type: z.enum(['open_id', 'union_id']).default('open_id') });

/** The bot's own calendar; a bot has no `user_id`. */
export function primaryCalendar({ sandbox, query }: ApiCall): object {
  const { user_id_type: type } = validated(primaryQuery, query, MALFORMED);
  const { openId, unionId, name } = sandbox.bot;
  const calendar = {
    calendar_id: calendarIdOf(openId),
    summary: name,
    description: '',
    permissions: 'show_only_free_busy',
    color: -1,
    type: 'primary',
    summary_alias: '',
    is_deleted: false,
    is_third_party: false,
    role: 'owner',
  };
  return { calendars: [{ calendar, user_id: type === 'open_id' ? openId : unionId }] };
}

const createQuery = withUserIds.extend({ idempotency_key: z.string().min(32).max(128).optional() });

/** Makes an event that nobody sees yet; the same idempotency key returns the event that it made first. */
export function createEvent(call: ApiCall): object {
  const { sandbox } = call;
  mustOwnCalendar(call);
  const { user_id_type: type, idempotency_key: key = null } = validated(createQuery, call.query, MALFORMED);
  const fields = validated(newEvent, call.body, MALFORMED);
  const earlier = key === null ? undefined : madeWith(sandbox, key);
  if (earlier) return { event: eventView(sandbox, earlier) };
  check(sandbox, fields, type);
  return saved(call, {
    id: `${randomUUID()}_0`,
    idempotencyKey: key,
    fields,
    meetingNo: fields.vchat.vc_type === 'vc' ? newMeetingNo() : null,
    attendees: [],
    createdAt: sandbox.clock.now(),
    deleted: false,
  });
}

const madeWith = ({ state }: Sandbox, key: string): CalendarEvent | undefined =>
  [...state.events.values()].find(({ idempotencyKey }) => idempotencyKey === key);

/** What a schema does not say: the order of the times, and what a calendar of an app forbids. */
function check(sandbox: Sandbox, fields: EventFields, type: IdType): void {
  if (!isInOrder(fields)) throw refused(MALFORMED, 'end_time is not after start_time');
  const settings = fields.vchat.meeting_settings;
  if (!settings) return;
  if (settings.assign_hosts.length > 0 || !settings.allow_attendees_start) throw refused(193101);
  if (settings.password && !/^\d{4,9}$/.test(settings.password)) throw refused(195112);
  if (settings.owner_id && !personById(sandbox, type, settings.owner_id)) throw refused(195100);
}

function saved({ sandbox }: ApiCall, event: CalendarEvent): object {
  sandbox.state.commit({ t: 'calendar-event', event });
  return { event: eventView(sandbox, event) };
}

const getQuery = withUserIds.extend({
  need_meeting_settings: z.stringbool().default(false),
  need_attendee: z.stringbool().default(false),
  max_attendee_num: z.coerce.number().int().min(1).max(100).default(10),
});

/** One event, with attendees and settings of the meeting if wanted. */
export function getEvent(call: ApiCall): object {
  const { sandbox } = call;
  const query = validated(getQuery, call.query, MALFORMED);
  const event = eventOf(call);
  const view = eventView(sandbox, event, query.need_meeting_settings);
  if (!query.need_attendee) return { event: view };
  const shown = event.attendees.slice(0, query.max_attendee_num);
  const attendees = shown.map((attendee) => attendeeView(sandbox, attendee, query.user_id_type));
  return { event: { ...view, attendees, has_more_attendee: shown.length < event.attendees.length } };
}

/** Moves or changes an event; what is not said stays. */
export function changeEvent(call: ApiCall): object {
  const { user_id_type: type } = validated(withUserIds, call.query, MALFORMED);
  const change = validated(changedEvent, call.body, MALFORMED);
  const event = eventOf(call);
  const vchat = { ...event.fields.vchat, ...change.vchat };
  const fields = newEvent.parse({ ...event.fields, ...change, vchat });
  check(call.sandbox, fields, type);
  const meetingNo = event.meetingNo ?? (vchat.vc_type === 'vc' ? newMeetingNo() : null);
  return saved(call, { ...event, fields, meetingNo });
}

const deleteQuery = z.object({ need_notification: z.stringbool().default(true) });

/** Cancels an event. */
export function deleteEvent(call: ApiCall): object {
  validated(deleteQuery, call.query, MALFORMED);
  call.sandbox.state.commit({ t: 'calendar-event', event: { ...eventOf(call), deleted: true } });
  return {};
}
