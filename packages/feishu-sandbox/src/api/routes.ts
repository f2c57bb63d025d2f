import { addAttendees, listAttendees } from './attendees.ts';
import { changeEvent, createEvent, deleteEvent, getEvent, primaryCalendar } from './calendar.ts';
import type { Handler } from './call.ts';
import { updateCard } from './card-update.ts';
import { getChat, getMembers, isInChat, listChats } from './chats.ts';
import { deleteMessage, editMessage, patchMessage } from './message-changes.ts';
import { getMessage, listMessages, messageResource, readUsers } from './message-reading.ts';
import { createMessage, replyMessage } from './messages.ts';
import { addReaction, listReactions, removeReaction } from './reactions.ts';
import { applyReserve, deleteReserve, getReserve } from './reserves.ts';
import { ownUpload, uploadFile, uploadImage } from './uploads.ts';
import { urgent } from './urgent.ts';
import { botInfo, getUser } from './users.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

const EVENTS = '/calendar/v4/calendars/:calendar_id/events';

/** All endpoints that need a token, below /open-apis. */
export const ROUTES: readonly (readonly [Method, string, Handler])[] = [
  ['post', '/im/v1/messages', createMessage],
  ['get', '/im/v1/messages', listMessages],
  ['get', '/im/v1/messages/:message_id', getMessage],
  ['patch', '/im/v1/messages/:message_id', patchMessage],
  ['put', '/im/v1/messages/:message_id', editMessage],
  ['delete', '/im/v1/messages/:message_id', deleteMessage],
  ['post', '/im/v1/messages/:message_id/reply', replyMessage],
  ['get', '/im/v1/messages/:message_id/read_users', readUsers],
  ['patch', '/im/v1/messages/:message_id/urgent_app', urgent],
  ['patch', '/im/v1/messages/:message_id/urgent_sms', urgent],
  ['patch', '/im/v1/messages/:message_id/urgent_phone', urgent],
  ['get', '/im/v1/messages/:message_id/resources/:file_key', messageResource],
  ['post', '/im/v1/messages/:message_id/reactions', addReaction],
  ['get', '/im/v1/messages/:message_id/reactions', listReactions],
  ['delete', '/im/v1/messages/:message_id/reactions/:reaction_id', removeReaction],
  ['post', '/im/v1/images', uploadImage],
  ['get', '/im/v1/images/:key', ownUpload],
  ['post', '/im/v1/files', uploadFile],
  ['get', '/im/v1/files/:key', ownUpload],
  ['get', '/im/v1/chats', listChats],
  ['get', '/im/v1/chats/:chat_id', getChat],
  ['get', '/im/v1/chats/:chat_id/members', getMembers],
  ['get', '/im/v1/chats/:chat_id/members/is_in_chat', isInChat],
  ['post', '/interactive/v1/card/update', updateCard],
  ['get', '/contact/v3/users/:user_id', getUser],
  ['post', '/calendar/v4/calendars/primary', primaryCalendar],
  ['post', EVENTS, createEvent],
  ['get', `${EVENTS}/:event_id`, getEvent],
  ['patch', `${EVENTS}/:event_id`, changeEvent],
  ['delete', `${EVENTS}/:event_id`, deleteEvent],
  ['post', `${EVENTS}/:event_id/attendees`, addAttendees],
  ['get', `${EVENTS}/:event_id/attendees`, listAttendees],
  ['post', '/vc/v1/reserves/apply', applyReserve],
  ['get', '/vc/v1/reserves/:reserve_id', getReserve],
  ['delete', '/vc/v1/reserves/:reserve_id', deleteReserve],
  ['get', '/bot/v3/info', botInfo],
];
