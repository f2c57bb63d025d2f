import type {
  AppChange,
  AppView,
  CallDetail,
  CallView,
  ChatView,
  Clicked,
  ClickInput,
  ClockChange,
  ClockView,
  DeliveryDetail,
  DeliveryView,
  FaultInput,
  List,
  MessageList,
  MessageView,
  PersonView,
  Raised,
  Said,
  SayInput,
  SetFault,
  WorldView,
} from './wire.ts';

export type * from './wire.ts';

export interface MessageFilter {
  after?: number | undefined;
  changed_after?: number | undefined;
  chat?: string | undefined;
  /** `bot`, `person` (anybody but the bot) or a key. */
  from?: string | undefined;
  /** Milliseconds to wait for the first one. */
  wait?: number | undefined;
}

export interface ChatPage {
  /** The last `limit` messages before this one, or the first ones after it (both by `seq`), in ascending order. */
  before?: number | undefined;
  after?: number | undefined;
  limit?: number | undefined;
  /** Only this topic. */
  thread?: string | undefined;
  /** Leaves out answers inside topics. */
  main?: boolean | undefined;
}

export interface SandboxClient {
  say(input: SayInput): Promise<Said & { messages: Said[] }>;
  click(input: ClickInput): Promise<Clicked>;
  recall(input: { message_id: string; as: string }): Promise<Raised>;
  /** Adds a reaction, or takes one's own back. */
  react(input: { message_id: string; as: string; emoji: string; remove?: boolean }): Promise<Raised>;
  /** Reads the chat up to this message. */
  read(input: { message_id: string; as: string }): Promise<Raised>;
  /** Opens the private chat with the bot. */
  enter(input: { as: string }): Promise<Raised>;
  members(input: { chat: string; as?: string; add?: string[]; remove?: string[] }): Promise<Raised>;
  redeliver(
    eventId: string,
    options?: { times?: number; parallel?: boolean; fresh_event_id?: boolean },
  ): Promise<{ results: { status: number; ms: number; event_id: string }[] }>;
  messages(filter?: MessageFilter): Promise<MessageList>;
  message(id: string): Promise<MessageView>;
  chatMessages(chat: string, page?: ChatPage): Promise<MessageList>;
  chats(): Promise<{ items: ChatView[]; changed: number }>;
  people(q?: string): Promise<{ items: PersonView[] }>;
  world(): Promise<WorldView>;
  calls(after?: number): Promise<List<CallView>>;
  call(seq: number): Promise<CallDetail>;
  deliveries(after?: number): Promise<List<DeliveryView>>;
  delivery(eventId: string): Promise<DeliveryDetail>;
  clock(): Promise<ClockView>;
  /** Aborting a walk stops it where it is. */
  setClock(change: ClockChange, signal?: AbortSignal): Promise<ClockView>;
  advance(duration: string): Promise<ClockView>;
  settle(timeoutMs?: number): Promise<ClockView>;
  faults(): Promise<{ items: SetFault[] }>;
  addFault(fault: FaultInput): Promise<void>;
  clearFaults(): Promise<void>;
  app(): Promise<AppView>;
  patchApp(change: AppChange): Promise<AppView>;
  verify(): Promise<{ ok: boolean; status: number; ms: number; why: string | null }>;
  /** For an EventSource: what changed after an earlier answer's `changed`, with `logs` also calls and deliveries. */
  feedUrl(after: number, logs?: boolean): string;
  fileUrl(key: string): string;
}

/** A fault of the control API, as the client throws it. */
export class SandboxError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The control API, typed. For pages, tests and tools; it needs nothing but `fetch`. */
export function createSandboxClient(url: string): SandboxClient {
  async function call<T>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<T> {
    const response = await fetch(`${url}/sandbox${path}`, {
      method,
      ...(signal ? { signal } : {}),
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new SandboxError(response.status, `${method} ${path}: ${(answer as { msg?: string }).msg}`);
    return answer as T;
  }
  const get = <T>(path: string, query: object = {}): Promise<T> => call('GET', path + queryOf(query));
  const post = <T>(path: string, body: object, signal?: AbortSignal): Promise<T> => call('POST', path, body, signal);
  const item = (list: string, id: string | number): string => `/${list}/${encodeURIComponent(id)}`;
  return {
    say: (input) => post('/say', input),
    click: (input) => post('/click', input),
    recall: (input) => post('/recall', input),
    react: (input) => post('/react', input),
    read: (input) => post('/read', input),
    enter: (input) => post('/enter', input),
    members: (input) => post('/members', input),
    redeliver: (eventId, options = {}) => post(`${item('events', eventId)}/redeliver`, options),
    messages: (filter) => get('/messages', filter),
    message: (id) => get(item('messages', id)),
    chatMessages: (chat, page) => get(`${item('chats', chat)}/messages`, page),
    chats: () => get('/chats'),
    people: (q) => get('/people', { q }),
    world: () => get('/world'),
    calls: (after) => get('/calls', { after }),
    call: (seq) => get(item('calls', seq)),
    deliveries: (after) => get('/deliveries', { after }),
    delivery: (eventId) => get(item('deliveries', eventId)),
    clock: () => get('/clock'),
    setClock: (change, signal) => post('/clock', change, signal),
    advance: (duration) => post('/clock', { advance: duration }),
    settle: (timeoutMs) => post('/settle', timeoutMs === undefined ? {} : { timeout_ms: timeoutMs }),
    faults: () => get('/faults'),
    addFault: async (fault) => void (await post('/faults', fault)),
    clearFaults: async () => void (await call('DELETE', '/faults')),
    app: () => get('/app'),
    patchApp: (change) => call('PATCH', '/app', change),
    verify: () => post('/app/verify', {}),
    feedUrl: (after, logs = false) => `${url}/sandbox/feed${queryOf({ after, logs: logs ? 1 : undefined })}`,
    fileUrl: (key) => `${url}/sandbox${item('files', key)}`,
  };
}

function queryOf(query: object): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value));
  return params.size === 0 ? '' : `?${params}`;
}
