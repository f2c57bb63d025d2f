import { ApiFault } from './fault.ts';

/** All that the platform refuses here: HTTP status and text by code. Whatever else it can say comes by a fault. */
export const REFUSALS = {
  9499: [400, 'Bad Request'],
  99991400: [429, 'request trigger frequency limit'],
  99991661: [400, 'Missing access token for authorization.'],
  99991663: [400, 'Invalid access token for authorization.'],
  99991671: [400, 'The token must start with "t-" or "u-".'],
  99992351: [400, 'The id does not exist.'],
  99992402: [400, 'field validation failed'],
  10003: [400, 'invalid app_id'],
  10015: [400, 'app secret invalid'],

  230001: [400, 'Your request contains an invalid request parameter.'],
  230002: [400, 'The bot can not be outside the group.'],
  230009: [400, 'Message has expired when recall message.'],
  230011: [400, 'The message is recalled.'],
  230012: [400, 'Bot is NOT the sender of the message.'],
  230013: [400, 'Bot has NO availability to this user.'],
  230015: [400, 'P2P chat can NOT be shared.'],
  230017: [400, 'Bot is NOT the owner of the resource.'],
  230020: [400, 'This operation triggers the frequency limit.'],
  230023: [400, 'The user has too many unread urgent messages.'],
  230025: [400, 'The length of the message content reaches its limit.'],
  230026: [400, 'No permission to recall this message.'],
  230031: [400, 'Message can only be modified within 14 days after sending.'],
  230033: [400, 'Get the reading status must be done within 7 days after the message is sent.'],
  230034: [400, 'The receive_id is invalid.'],
  230054: [400, 'This operation is not supported for this message type.'],
  230055: [400, 'The type of file upload does not match the type of message being sent.'],
  // Two meanings: of an answer in a topic, and of an edit by somebody else than the sender.
  230071: [400, 'This message can not be answered in a thread, or is not of the operator.'],
  230072: [400, 'The message has reached the number of times it can be edited.'],
  230099: [400, 'Failed to create card content.'],
  230110: [400, 'Action unavailable as the message has been deleted.'],

  231002: [400, 'The operator has no permission to react on the specific message.'],
  231003: [400, 'The message is not found, maybe not exist or deleted.'],
  231007: [400, 'The operator has no permission to delete this reaction.'],
  231010: [400, 'The reaction does not belong to the message.'],
  231011: [400, 'The request has an invalid reaction_id.'],

  232006: [400, 'Your request specifies a chat_id which is invalid.'],
  232011: [400, 'Operator can NOT be out of the chat.'],
  41050: [400, 'no user authority'],

  234001: [400, 'Invalid request param.'],
  234003: [400, 'File not in message.'],
  234004: [400, 'App not in chat.'],
  234005: [400, 'The resource has been deleted.'],
  234006: [400, 'The file size exceed the max value.'],
  234008: [400, 'The app is not the resource sender.'],
  234010: [400, "File's size can't be 0."],
  234011: [400, "Can't recognize the image format."],
  234043: [400, 'Unsupported message type.'],

  10002: [400, 'invalid card'],
  11311: [400, 'the card is malformed'],
  100000: [400, 'the card is too long'],
  200000: [400, 'the message was recalled'],
  200830: [400, '2.0 can not become 1.0'],
  300020: [400, 'the token is malformed'],
  300030: [400, 'the token is not valid: expired, unknown, or its callback was not answered yet'],
  300040: [400, 'the token was used too often'],

  190002: [400, 'invalid parameters in request'],
  191000: [404, 'calendar not found'],
  191001: [400, 'invalid calendar_id'],
  191002: [403, 'no calendar access_role'],
  193000: [400, 'invalid event_id'],
  193001: [404, 'event not found'],
  193003: [403, 'event is deleted'],
  193101: [400, 'organizer is bot, can not set assign_hosts, and allow_attendees_start must be true'],
  194000: [404, 'attendee not found'],
  194002: [403, 'no permission to create event attendees'],
  194004: [400, 'invalid attendee type'],
  195100: [404, 'user is dismiss or not exist in the tenant'],
  195112: [400, 'invalid password'],

  121002: [400, 'not support'],
  121003: [400, 'param error'],
  121004: [404, 'data not exist'],
  123002: [400, 'record param error'],
  123003: [400, 'assign host exceed max limit 10'],
  123006: [400, 'invalid password'],
} as const satisfies Record<number, readonly [http: number, text: string]>;

export type RefusalCode = keyof typeof REFUSALS;

interface More {
  headers?: Record<string, string>;
  detail?: Record<string, unknown>;
}

/** The platform says no; `ext` names what exactly is wrong. */
export function refused(code: RefusalCode, ext?: string, more: More = {}): ApiFault {
  const [http, text] = REFUSALS[code];
  return new ApiFault(code, ext === undefined ? text : `${text.replace(/\.$/, '')}, ext=${ext}`, { http, ...more });
}
