/** What the control API takes and gives. Nothing is imported here: the page, the tests and the server share these types. */

type JsonObject = Record<string, unknown>;

export interface List<T> {
  items: T[];
  last: number;
}

export interface MessageView {
  seq: number;
  message_id: string;
  chat: string;
  chat_id: string;
  /** 1 for the first message of its chat, then counting; recalled and thread messages count too. */
  position: number;
  /** A person's key, or "bot". */
  from: string;
  type: string;
  /** Of a card: all visible texts, by line. */
  text: string;
  card: JsonObject | null;
  buttons: { name: string | null; text: string; value: unknown; disabled: boolean }[];
  reply_to: string | null;
  /** The message it answers, in short, so that nobody has to fetch it. */
  quote: { message_id: string; from: string; text: string; recalled: boolean } | null;
  thread_id: string | null;
  /** On the first message of a topic: its id and how many answers it has. */
  thread: { thread_id: string; replies: number } | null;
  created_at: string;
  updated_at: string;
  version: number;
  edited: boolean;
  recalled: boolean;
  uuid: string | null;
  files: { key: string; name: string; size: number; kind: 'image' | 'file' }[];
  urgent: string[];
  reactions: { by: string; emoji: string }[];
  /** The value of `changed` at this message's last change. */
  change: number;
}

export interface MessageList extends List<MessageView> {
  /** Where a feed or `changed_after` goes on. */
  changed: number;
}

/** How far somebody has read: everything up to this position of the chat. */
export interface ReadView {
  chat: string;
  person: string;
  position: number;
  at: string;
}

export interface ChatView {
  chat: string;
  chat_id: string;
  name: string;
  type: 'group' | 'p2p';
  /** Person keys. */
  members: string[];
  bot: boolean;
  messages: number;
  last: number;
  /** Person key → position up to which the person has read. Unread = messages − position. */
  reads: Record<string, number>;
  /** The newest message in short. */
  latest: { from: string; text: string; at: string } | null;
}

export interface PersonView {
  key: string;
  name: string;
  title: string | null;
  open_id: string;
  union_id: string;
  /** Keys of the groups. */
  chats: string[];
}

export interface WorldView {
  bot: { name: string; open_id: string };
  tips: { text: string; label: string; as: string | null; chat: string | null }[];
  commands: { text: string; label: string }[];
  offDays: string[];
  workDays: string[];
}

export interface ClockView {
  now: string;
  speed: number;
  version: number;
  /** A walk is under way: between its steps the clock stands still. */
  held: boolean;
  /** Where the buttons lead: the next working day 09:00, 09:00 on the first day of the next month, and a month from now. */
  stops: { workday: string; month: string; later: string };
}

export interface ClockChange {
  /** Jumps. */
  set?: string | undefined;
  /** Walks on by an ISO 8601 duration. */
  advance?: string | undefined;
  /** Walks to an instant. */
  to?: string | undefined;
  /** The real time that the walk is to take, about. */
  pace_ms?: number | undefined;
  speed?: number | undefined;
  settle?: boolean | undefined;
}

export interface SayInput {
  /** A chat's key or id; without it the private chat with the bot, or the chat of `reply_to`. */
  chat?: string | undefined;
  as: string;
  text?: string | undefined;
  mention?: boolean | undefined;
  reply_to?: string | null | undefined;
  /** A topic's id, or true: answer in the topic of `reply_to`, opening it if need be. */
  thread?: string | boolean | null | undefined;
  files?: { name: string; base64: string }[] | undefined;
}

export interface Said {
  message_id: string;
  /** Null when the bot was not told: not mentioned, or not in the chat. */
  event_id: string | null;
  /** The bot's HTTP status; 0 = no answer; null = nothing was sent. */
  status: number | null;
  ms: number;
}

export interface ClickInput {
  message_id: string;
  as: string;
  name?: string | undefined;
  value?: unknown;
  text?: string | undefined;
  form_value?: JsonObject | undefined;
  /** For a select, a date picker, an input or a checker outside a form. */
  option?: string | boolean | undefined;
}

export interface Clicked {
  status: number | null;
  ms: number;
  toast: { type: string; content: string } | null;
  card: 'updated' | null;
  /** The code that the clicking person would see, or null. */
  code: number | null;
  event_id: string | null;
  /** The page that the button opens. */
  url: string | null;
}

/** What happened to an event that something raised; null = the bot was not told. */
export interface Raised {
  event_id: string | null;
  status: number | null;
  ms: number;
}

export interface CallView {
  seq: number;
  at: string;
  method: string;
  path: string;
  /** Null = the connection was cut before anything happened. */
  http: number | null;
  code: number | null;
  uuid: string | null;
  ms: number;
  fault?: string;
  /** False: this sandbox has no such path. */
  known: boolean;
}

/** Bodies are null when there was none, or when it is no longer remembered. */
export interface CallDetail extends CallView {
  query: Record<string, string>;
  request: unknown;
  response: unknown;
}

interface AttemptView {
  at: string;
  /** 0 = no answer. */
  status: number;
  ms: number;
  error?: string;
  /** Asked for through the control API. */
  manual?: boolean;
}

export interface DeliveryView {
  seq: number;
  event_id: string;
  type: string;
  at: string;
  attempts: AttemptView[];
  open: boolean;
  next_at: string | null;
}

/** What was sent in one attempt, and the bot's answer. */
export interface TraceView {
  headers: Record<string, string>;
  body: string;
  answer: string;
}

export interface DeliveryDetail extends DeliveryView {
  /** The envelope before encryption. */
  plain: unknown;
  /** A trace is null when it is no longer remembered. */
  attempts: (AttemptView & { trace: TraceView | null })[];
}

export type GroupMessages = 'mention' | 'all';
export type JsonStyle = 'compact' | 'spaced';

export interface AppView {
  app_id: string;
  app_secret: string;
  encrypt_key: string;
  verification_token: string;
  tenant_key: string;
  webhook: string;
  group_messages: GroupMessages;
  /** How events are written: without spaces, or as some servers do with one after `:` and `,`. */
  json: JsonStyle;
  bot: { name: string; open_id: string };
}

export interface AppChange {
  webhook?: string | undefined;
  group_messages?: GroupMessages | undefined;
  json?: JsonStyle | undefined;
}

export interface FaultInput {
  match: { path: string; method?: string | undefined };
  kind: 'drop-before' | 'drop-after' | 'status' | 'delay' | 'expire-token' | 'duplicate' | 'reorder';
  http?: number | undefined;
  code?: number | undefined;
  ms?: number | undefined;
  times?: number | undefined;
}

/** A fault that waits, and how often it will still strike. */
export interface SetFault extends FaultInput {
  left: number;
}

/** The latest state of all messages that changed, at most 200 in one event. */
export interface FeedChanges {
  changed: number;
  items: MessageView[];
  reads: ReadView[];
}

/** On connect the latest 200 of each, then new and changed ones. */
export interface FeedLog {
  calls: CallView[];
  deliveries: DeliveryView[];
}

/** Server-sent events of `GET /sandbox/feed`: name → data. */
export interface FeedEvents {
  /** Its id is `changed`. */
  changes: FeedChanges;
  /** At once on connect, and at every announced change. */
  clock: ClockView;
  /** The full list, when the members of a group or the bot's membership changed, or a chat came into being. */
  chats: { items: ChatView[]; changed: number };
  /** Only with `logs=1`. */
  log: FeedLog;
  /** First of all, if `after` or `Last-Event-ID` is from before a restart of the sandbox: load everything anew. */
  restart: Record<string, never>;
}
