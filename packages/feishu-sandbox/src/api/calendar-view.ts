import { type Attendee, type CalendarEvent, calendarIdOf, type EventFields } from '../core/calendar.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { type IdType, idOf } from './call.ts';

/** An event as the API returns it; the settings of its meeting only when they are asked for. */
export function eventView(sandbox: Sandbox, event: CalendarEvent, withSettings = true): object {
  const { openId, name } = sandbox.bot;
  return {
    ...event.fields,
    event_id: event.id,
    organizer_calendar_id: calendarIdOf(openId),
    vchat: vchatView(event, withSettings),
    status: event.deleted ? 'cancelled' : 'confirmed',
    is_exception: false,
    create_time: String(Math.floor(event.createdAt / 1000)),
    event_organizer: { user_id: openId, display_name: name },
    app_link: `https://applink.feishu.cn/client/calendar/event/detail?key=${event.id.replace('_', '&originalTime=')}`,
  };
}

type Vchat = EventFields['vchat'];

function vchatView({ fields: { vchat }, meetingNo }: CalendarEvent, withSettings: boolean): Vchat {
  const { vc_type = 'vc', icon_type = 'default', description = '', meeting_url = '', meeting_settings } = vchat;
  if (vc_type === 'no_meeting') return { vc_type };
  if (vc_type === 'third_party') return { vc_type, icon_type, description, meeting_url };
  return {
    vc_type,
    meeting_url: meetingNo === null ? '' : `https://vc.feishu.cn/j/${meetingNo}`,
    ...(withSettings && meeting_settings ? { meeting_settings } : {}),
  };
}

/** An attendee as the API returns it. A group as such does not answer. */
export function attendeeView(sandbox: Sandbox, attendee: Attendee, type: IdType): object {
  const shared = {
    type: attendee.type,
    attendee_id: attendee.id,
    is_optional: attendee.optional,
    is_organizer: false,
    is_external: attendee.type === 'third_party',
  };
  return { ...shared, ...VIEWS[attendee.type](sandbox, attendee, type) };
}

const UNANSWERED = { rsvp_status: 'needs_action' };

const VIEWS: Record<Attendee['type'], (sandbox: Sandbox, attendee: Attendee, type: IdType) => object> = {
  user: ({ directory }, { target }, type) => {
    const person = directory.person(target);
    return { ...UNANSWERED, display_name: person?.name ?? '', user_id: person ? idOf(person, type) : '' };
  },
  chat: ({ directory, nameOf }, { target }) => {
    const chat = directory.chat(target);
    const member = { ...UNANSWERED, is_optional: false, is_organizer: false, is_external: false };
    const chat_members = [...(chat?.members ?? [])].map((key) => ({ ...member, display_name: nameOf(key) }));
    return { display_name: chat?.name ?? '', chat_id: target, chat_members };
  },
  third_party: (_sandbox, { target }) => ({ ...UNANSWERED, display_name: target, third_party_email: target }),
};
