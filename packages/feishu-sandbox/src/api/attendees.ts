import { z } from 'zod';
import type { Attendee, CalendarEvent } from '../core/calendar.ts';
import { newMeetingNo } from '../core/ids.ts';
import { refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { eventOf, MALFORMED } from './calendar-path.ts';
import { attendeeView } from './calendar-view.ts';
import { type ApiCall, chatById, type IdType, mustBeIn, personById, validated, withUserIds } from './call.ts';
import { page, paging } from './paging.ts';

const MOST_AT_ONCE = 1000;
const MOST = 3000;

const attendeeSchema = z.object({
  type: z.string().default(''),
  user_id: z.string().default(''),
  chat_id: z.string().default(''),
  third_party_email: z.string().default(''),
  is_optional: z.boolean().default(false),
});
const addBody = z.object({ attendees: z.array(attendeeSchema).max(MOST_AT_ONCE).default([]) });
type Given = z.output<typeof attendeeSchema>;

/** Invites people and groups, all or none of them. The first one makes the link of the meeting. */
export function addAttendees(call: ApiCall): object {
  const { sandbox } = call;
  const { user_id_type: type } = validated(withUserIds, call.query, MALFORMED);
  const given = validated(addBody, call.body, MALFORMED).attendees;
  const event = withAttendees(
    eventOf(call),
    given.map((one) => attendeeOf(sandbox, one, type)),
  );
  if (event.attendees.length > MOST) throw refused(MALFORMED, `more than ${MOST} attendees`);
  sandbox.state.commit({ t: 'calendar-event', event });
  return { attendees: event.attendees.map((attendee) => attendeeView(sandbox, attendee, type)) };
}

type Invited = Omit<Attendee, 'id'>;

function withAttendees(event: CalendarEvent, invited: Invited[]): CalendarEvent {
  const attendees = [...event.attendees];
  for (const one of invited) {
    const known = attendees.some(({ type, target }) => type === one.type && target === one.target);
    if (!known) attendees.push({ id: `${one.type}_${attendees.length + 1}`, ...one });
  }
  const { vc_type = 'vc' } = event.fields.vchat;
  const meets = vc_type === 'vc' && attendees.length > 0;
  return { ...event, attendees, meetingNo: event.meetingNo ?? (meets ? newMeetingNo() : null) };
}

function attendeeOf(sandbox: Sandbox, given: Given, idType: IdType): Invited {
  const type = attendeeType.safeParse(given.type);
  if (!type.success) throw refused(194004);
  // There are no meeting rooms here.
  if (type.data === 'resource') throw refused(194000, 'room_id');
  return { type: type.data, target: TARGETS[type.data](sandbox, given, idType), optional: given.is_optional };
}

const attendeeType = z.enum(['user', 'chat', 'third_party', 'resource']);

/** Who is meant, or why nobody is. */
const TARGETS: Record<Attendee['type'], (sandbox: Sandbox, given: Given, type: IdType) => string> = {
  user: (sandbox, { user_id: id }, type) => {
    const person = personById(sandbox, type, id);
    if (!person) throw refused(195100, id);
    return person.key;
  },
  chat: (sandbox, { chat_id: id }) => {
    const chat = chatById(sandbox, id);
    if (chat?.kind !== 'group') throw refused(194000, id);
    return mustBeIn(chat, 194002).id;
  },
  third_party: (_sandbox, { third_party_email: address }) => {
    if (!z.email().safeParse(address).success) throw refused(MALFORMED, 'third_party_email');
    return address;
  },
};

const listQuery = withUserIds.extend(paging(100));

/** All attendees of an event; a page holds at least ten. */
export function listAttendees(call: ApiCall): object {
  const query = validated(listQuery, call.query, MALFORMED);
  const { items, ...rest } = page(eventOf(call).attendees, { ...query, page_size: Math.max(10, query.page_size) });
  return { ...rest, items: items.map((attendee) => attendeeView(call.sandbox, attendee, query.user_id_type)) };
}
