import { type CalendarEvent, calendarIdOf } from '../core/calendar.ts';
import { refused } from '../core/refusals.ts';
import type { ApiCall } from './call.ts';

/** The calendar's own code for malformed parameters. */
export const MALFORMED = 190002;

/** The bot may write into its own calendar only; everybody else has one too. */
export function mustOwnCalendar({ sandbox, params }: ApiCall): void {
  const id = params.calendar_id ?? '';
  if (!/^\w+(?:\.\w+)+@group\.calendar\.\w+(?:\.\w+)+$/.test(id)) throw refused(191001);
  if (id === calendarIdOf(sandbox.bot.openId)) return;
  throw refused(sandbox.directory.people.some(({ openId }) => calendarIdOf(openId) === id) ? 191002 : 191000);
}

/** The event of the path. */
export function eventOf(call: ApiCall): CalendarEvent {
  mustOwnCalendar(call);
  const id = call.params.event_id ?? '';
  if (!/^[0-9a-f-]{36}_\d+$/.test(id)) throw refused(193000);
  const event = call.sandbox.state.events.get(id);
  if (!event) throw refused(193001);
  if (event.deleted) throw refused(193003);
  return event;
}
