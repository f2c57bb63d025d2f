import type { ClickInput } from './control/click.ts';
import type { Clicked } from './control/reply.ts';
import type { Said, SayInput } from './control/say.ts';
import type { MessageView } from './control/view.ts';
import type { AppCredentials } from './core/app-config.ts';
import type { Fault } from './core/faults.ts';
import type { Call, GroupMessages } from './core/records.ts';

export type { Clicked, ClickInput, MessageView, Said, SayInput };

export interface ClockState {
  now: string;
  speed: number;
  version: number;
}

export interface MessageFilter {
  after?: number;
  chat?: string;
  from?: string;
  wait?: number;
}

export interface DeliveryView {
  seq: number;
  event_id: string;
  type: string;
  at: string;
  attempts: { at: string; status: number; ms: number; error?: string; manual?: boolean }[];
  open: boolean;
  next_at: string | null;
}

export interface AppView extends AppCredentials {
  webhook: string;
  group_messages: GroupMessages;
  bot: { name: string; open_id: string };
}

export interface FaultInput extends Omit<Fault, 'times'> {
  times?: number;
}

export interface ChatView {
  chat: string;
  chat_id: string;
  name: string;
  type: 'group' | 'p2p';
  members: string[];
  bot: boolean;
  messages: number;
  last: number;
}

export interface PersonView {
  key: string;
  name: string;
  title: string | null;
  open_id: string;
  union_id: string;
  chats: string[];
}

/** What happened to an event that something raised; null = the bot was not told. */
export interface Raised {
  event_id: string | null;
  status: number | null;
  ms: number;
}

interface List<T> {
  items: T[];
  last: number;
}

export interface SandboxClient {
  say(input: SayInput): Promise<Said & { messages: Said[] }>;
  click(input: ClickInput): Promise<Clicked>;
  recall(input: { message_id: string; as: string }): Promise<Raised>;
  react(input: { message_id: string; as: string; emoji: string }): Promise<Raised>;
  read(input: { message_id: string; as: string }): Promise<Raised>;
  members(input: { chat: string; as?: string; add?: string[]; remove?: string[] }): Promise<Raised>;
  redeliver(
    eventId: string,
    options?: { times?: number; parallel?: boolean; fresh_event_id?: boolean },
  ): Promise<{ results: { status: number; ms: number; event_id: string }[] }>;
  messages(filter?: MessageFilter): Promise<List<MessageView>>;
  chats(): Promise<{ items: ChatView[] }>;
  people(q?: string): Promise<{ items: PersonView[] }>;
  calls(after?: number): Promise<List<Omit<Call, 'at'> & { at: string }>>;
  deliveries(after?: number): Promise<List<DeliveryView>>;
  clock(): Promise<ClockState>;
  setClock(change: { set?: string; advance?: string; speed?: number; settle?: boolean }): Promise<ClockState>;
  advance(duration: string): Promise<ClockState>;
  settle(timeoutMs?: number): Promise<ClockState>;
  addFault(fault: FaultInput): Promise<void>;
  clearFaults(): Promise<void>;
  app(): Promise<AppView>;
  patchApp(change: { webhook?: string; group_messages?: GroupMessages }): Promise<AppView>;
  verify(): Promise<{ ok: boolean; status: number; ms: number; why: string | null }>;
}

/** A fault of the control API, as the client throws it. */
export class SandboxError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The control API, typed. For tests and tools; it needs nothing but `fetch`. */
export function createSandboxClient(url: string): SandboxClient {
  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${url}/sandbox${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new SandboxError(response.status, `${method} ${path}: ${(answer as { msg?: string }).msg}`);
    return answer as T;
  }
  const get = <T>(path: string, query: object = {}): Promise<T> => call('GET', path + queryOf(query));
  const post = <T>(path: string, body: object): Promise<T> => call('POST', path, body);
  return {
    say: (input) => post('/say', input),
    click: (input) => post('/click', input),
    recall: (input) => post('/recall', input),
    react: (input) => post('/react', input),
    read: (input) => post('/read', input),
    members: (input) => post('/members', input),
    redeliver: (eventId, options = {}) => post(`/events/${encodeURIComponent(eventId)}/redeliver`, options),
    messages: (filter = {}) => get('/messages', filter),
    chats: () => get('/chats'),
    people: (q) => get('/people', { q }),
    calls: (after) => get('/calls', { after }),
    deliveries: (after) => get('/deliveries', { after }),
    clock: () => get('/clock'),
    setClock: (change) => post('/clock', change),
    advance: (duration) => post('/clock', { advance: duration }),
    settle: (timeoutMs) => post('/settle', timeoutMs === undefined ? {} : { timeout_ms: timeoutMs }),
    addFault: async (fault) => void (await post('/faults', fault)),
    clearFaults: async () => void (await call('DELETE', '/faults')),
    app: () => get('/app'),
    patchApp: (change) => call('PATCH', '/app', change),
    verify: () => post('/app/verify', {}),
  };
}

function queryOf(query: object): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value));
  return params.size === 0 ? '' : `?${params}`;
}
