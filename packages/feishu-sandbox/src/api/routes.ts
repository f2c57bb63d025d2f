import type { Handler } from './call.ts';
import { botInfo, getChat, getMembers, getUser, isInChat } from './directory.ts';
import { addReaction, listReactions, messageResource, readUsers, removeReaction, urgent } from './message-extras.ts';
import {
  createMessage,
  deleteMessage,
  editMessage,
  getMessage,
  listMessages,
  patchMessage,
  replyMessage,
} from './messages.ts';
import { ownUpload, uploadFile, uploadImage } from './uploads.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

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
  ['get', '/im/v1/messages/:message_id/resources/:file_key', messageResource],
  ['post', '/im/v1/messages/:message_id/reactions', addReaction],
  ['get', '/im/v1/messages/:message_id/reactions', listReactions],
  ['delete', '/im/v1/messages/:message_id/reactions/:reaction_id', removeReaction],
  ['post', '/im/v1/images', uploadImage],
  ['get', '/im/v1/images/:key', ownUpload],
  ['post', '/im/v1/files', uploadFile],
  ['get', '/im/v1/files/:key', ownUpload],
  ['get', '/im/v1/chats/:chat_id', getChat],
  ['get', '/im/v1/chats/:chat_id/members', getMembers],
  ['get', '/im/v1/chats/:chat_id/members/is_in_chat', isInChat],
  ['get', '/contact/v3/users/:user_id', getUser],
  ['get', '/bot/v3/info', botInfo],
];
