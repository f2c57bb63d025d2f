import type { GroupMessages, JsonStyle } from '../wire.ts';
import type { CalendarEvent } from './calendar.ts';
import type { Journal } from './journal.ts';
import { MessageBook } from './messages.ts';
import type { Attempt, Call, CardToken, JournalRecord, Reserve, StoredFile } from './records.ts';
import type { Directory } from './world.ts';

export interface Delivery {
  seq: number;
  id: string;
  type: string;
  at: number;
  plain: string;
  attempts: Attempt[];
  /** When the next attempt is due on the sandbox's clock; null = none. */
  nextAt: number | null;
  open: boolean;
}

export interface ClockRecord {
  base: number;
  real: number;
  speed: number;
  version: number;
}

type Listener = (record: JournalRecord) => void;

/** The lists of calls and events are for looking at what happened lately: they must not fill the memory. */
const KEPT_CALLS = 20_000;
const KEPT_DELIVERIES = 10_000;

/** All that survives a restart. It changes by `commit` only, so that journal and memory cannot differ. */
export class State {
  readonly messages = new MessageBook();
  readonly deliveries = new Map<string, Delivery>();
  readonly openDeliveries = new Set<Delivery>();
  readonly calls: Call[] = [];
  readonly tokens = new Map<string, number>();
  readonly files = new Map<string, StoredFile>();
  readonly cardTokens = new Map<string, CardToken>();
  readonly events = new Map<string, CalendarEvent>();
  readonly reserves = new Map<string, Reserve>();
  groupMessages: GroupMessages = 'mention';
  /** How events are written. */
  json: JsonStyle = 'compact';
  clock: ClockRecord | null = null;
  #journal: Journal | null = null;
  readonly #listeners = new Set<Listener>();
  readonly #directory: Directory;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  replay(records: Iterable<JournalRecord>): void {
    for (const record of records) this.#apply(record);
  }

  attach(journal: Journal): void {
    this.#journal = journal;
  }

  commit(record: JournalRecord): void {
    this.#journal?.append(record);
    this.#apply(record);
    for (const listener of this.#listeners) listener(record);
  }

  /** Tells of each record after it was applied, until the returned function is called. */
  onCommit(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #apply(record: JournalRecord): void {
    switch (record.t) {
      case 'clock':
        this.clock = record;
        return;
      case 'app':
        this.groupMessages = record.groupMessages ?? this.groupMessages;
        this.json = record.json ?? this.json;
        return;
      case 'token':
        this.tokens.set(record.token, record.expiresAt);
        return;
      case 'tokens-void':
        this.tokens.clear();
        return;
      case 'members':
        this.#setMembers(record.chatId, record.members, record.bot);
        return;
      case 'file':
        this.files.set(record.file.key, record.file);
        return;
      case 'card-token':
        this.cardTokens.set(record.token, record.card);
        return;
      case 'calendar-event':
        this.events.set(record.event.id, record.event);
        return;
      case 'reserve':
        this.reserves.set(record.reserve.id, record.reserve);
        return;
      case 'reserve-deleted':
        this.reserves.delete(record.id);
        return;
      case 'event':
        this.#addDelivery(record);
        return;
      case 'attempt':
        this.#addAttempt(record.id, record.attempt, record.nextAt, record.open);
        return;
      case 'call':
        this.#addCall(record.call);
        return;
      default:
        this.messages.apply(record);
    }
  }

  #setMembers(chatId: string, members: string[], bot: boolean): void {
    const chat = this.#directory.chat(chatId);
    if (!chat) return;
    chat.members = new Set(members.filter((key) => this.#directory.person(key)));
    chat.bot = bot;
  }

  #addDelivery(record: Extract<JournalRecord, { t: 'event' }>): void {
    const { seq, id, type, at, plain, nextAt } = record;
    const delivery: Delivery = { seq, id, type, at, plain, attempts: [], nextAt, open: nextAt !== null };
    this.deliveries.set(id, delivery);
    if (delivery.open) this.openDeliveries.add(delivery);
    this.#forgetOldDeliveries();
  }

  #addAttempt(id: string, attempt: Attempt, nextAt: number | null, open: boolean): void {
    const delivery = this.deliveries.get(id);
    if (!delivery) return;
    delivery.attempts.push(attempt);
    delivery.nextAt = nextAt;
    delivery.open = open;
    if (open) this.openDeliveries.add(delivery);
    else this.openDeliveries.delete(delivery);
  }

  #addCall(call: Call): void {
    this.calls.push(call);
    if (this.calls.length > 2 * KEPT_CALLS) this.calls.splice(0, this.calls.length - KEPT_CALLS);
  }

  /** Forgets the oldest events that were acknowledged or given up; open ones stay whatever their age. */
  #forgetOldDeliveries(): void {
    if (this.deliveries.size <= KEPT_DELIVERIES + 1000) return;
    for (const [id, { open }] of this.deliveries) {
      if (this.deliveries.size <= KEPT_DELIVERIES) return;
      if (!open) this.deliveries.delete(id);
    }
  }

  /** The shortest journal that leads to this state. */
  *snapshot(): Generator<JournalRecord> {
    if (this.clock) yield { ...this.clock, t: 'clock' };
    yield { t: 'app', groupMessages: this.groupMessages, json: this.json };
    for (const [token, expiresAt] of this.tokens) yield { t: 'token', token, expiresAt };
    for (const { id, members, bot } of this.#directory.groups) {
      yield { t: 'members', chatId: id, members: [...members], bot };
    }
    for (const file of this.files.values()) yield { t: 'file', file };
    for (const [token, card] of this.cardTokens) yield { t: 'card-token', token, card };
    for (const event of this.events.values()) yield { t: 'calendar-event', event };
    for (const reserve of this.reserves.values()) yield { t: 'reserve', reserve };
    yield* this.messages.snapshot();
    for (const delivery of this.deliveries.values()) yield* deliveryRecords(delivery);
    for (const call of this.calls) yield { t: 'call', call };
  }
}

function* deliveryRecords(delivery: Delivery): Generator<JournalRecord> {
  const { seq, id, type, at, plain, attempts, nextAt, open } = delivery;
  yield { t: 'event', seq, id, type, at, plain, nextAt };
  for (const attempt of attempts) yield { t: 'attempt', id, attempt, nextAt, open };
}
