import type { Organisation, Person, Unit } from '../domain/organisation.ts';
import type {
  BindingRow,
  DraftRow,
  DutyRow,
  Effect,
  OutboxRow,
  Plan,
  RecordRow,
  ReminderItem,
} from '../domain/rows.ts';
import type { InboxWriter } from './inbox.ts';

/** A claim with a fencing token; every later write names the token. Times are the database's. */
export type Lease = { readonly name: string; readonly owner: string; readonly token: number; readonly ttlMs: number };
export type Leases = {
  /** May lose: null when another owner's claim still stands. */
  tryClaim(name: string, owner: string, ttlMs: number): Promise<Lease | null>;
  /** False = lost; stop what was done under it. */
  renew(lease: Lease): Promise<boolean>;
  release(lease: Lease): Promise<void>;
};

export type InboxRow = {
  readonly _id: string;
  readonly type: string;
  readonly lane: string;
  readonly messageId: string | null;
  readonly createTime: number;
  readonly body: Record<string, unknown>;
  readonly tries: number;
  readonly state: 'ready' | 'done' | 'dead';
  readonly plan: Plan | null;
};
/** What keys every effect of a row: the message where there is one, since it may come under several event ids. */
export const causeOf = (row: Pick<InboxRow, '_id' | 'messageId'>): string => row.messageId ?? row._id;

export type InboxStore = InboxWriter & {
  find(id: string): Promise<InboxRow | null>;
  /** Lanes with rows to handle. */
  readyLanes(limit: number): Promise<readonly string[]>;
  hasReady(): Promise<boolean>;
  /** The lane's first ready row by (createTime, messageId), stamped with the lease's token and one more try. */
  start(lane: string, token: number): Promise<InboxRow | null>;
  savePlan(id: string, token: number, plan: Plan): Promise<boolean>;
  clearPlan(id: string, token: number): Promise<boolean>;
  finish(id: string, token: number, at: Date): Promise<boolean>;
  /** Takes back a try that failed for no fault of the event's. */
  forgive(id: string, token: number): Promise<boolean>;
  bury(id: string, token: number, note: string): Promise<boolean>;
  dead(): Promise<readonly InboxRow[]>;
  redrive(id: string): Promise<boolean>;
  sweep(before: Date): Promise<number>;
};

export type OutboxStore = {
  find(key: string): Promise<OutboxRow | null>;
  byMessage(messageId: string): Promise<OutboxRow | null>;
  /** Waiting rows due at a business instant, first in first out; those to some recipients are left out. */
  due(at: Date, limit: number, except?: readonly string[]): Promise<readonly OutboxRow[]>;
  nextAt(after: Date): Promise<Date | null>;
  /** Adds items to the one reminder of a recipient and day; false when that reminder has already been tried. */
  remind(row: OutboxRow, items: readonly ReminderItem[]): Promise<boolean>;
  /** Fixes a row's content at its first try, so that every later try is byte-equal; null when the row has moved on. */
  freeze(row: OutboxRow, content: string, uuid: string, at: Date): Promise<OutboxRow | null>;
  sent(key: string, messageId: string, chatId: string | null, at: Date): Promise<boolean>;
  drop(key: string, note: string): Promise<boolean>;
  park(key: string, note: string): Promise<boolean>;
  countTry(key: string): Promise<void>;
  lastChatOf(recipient: string): Promise<string | null>;
  /** True when a later patch of the same message waits or was sent. */
  hasNewerPatch(row: OutboxRow): Promise<boolean>;
};

export type OccurrenceRow = { readonly _id: string; readonly job: string; readonly at: Date; readonly tries: number };
export type OccurrenceStore = {
  /** The instant up to which every occurrence of a job is accounted for. */
  through(job: string): Promise<Date | null>;
  moveThrough(job: string, to: Date): Promise<void>;
  /** Records occurrences once each; known ones stay as they are. */
  record(
    rows: readonly { job: string; at: Date; state: 'pending' | 'skipped'; reason: string | null }[],
  ): Promise<void>;
  pending(): Promise<readonly OccurrenceRow[]>;
  claim(id: string, owner: string, ttlMs: number): Promise<{ token: number; tries: number } | null>;
  done(id: string, token: number): Promise<boolean>;
  skip(id: string, token: number, reason: string): Promise<boolean>;
  fail(id: string, token: number, reason: string): Promise<boolean>;
  /** Lets go after a failure: the try counts, another may take it at once. */
  giveUp(id: string, token: number): Promise<boolean>;
  /** Lets go without having tried. */
  yieldBack(id: string, token: number): Promise<boolean>;
};

export type DutyStore = {
  find(ids: readonly string[]): Promise<readonly DutyRow[]>;
  ofUnit(unit: string, openOnly: boolean): Promise<readonly DutyRow[]>;
  /** Unmet duties whose next step's day has come, a page at a time by id. */
  dueForStep(at: Date, afterId: string, limit: number): Promise<readonly DutyRow[]>;
  insertMany(rows: readonly DutyRow[]): Promise<void>;
};

export type RecordStore = {
  find(id: string): Promise<RecordRow | null>;
  counting(kind: string, unit: string, period: string): Promise<readonly RecordRow[]>;
  lastOf(sender: string, since: Date): Promise<RecordRow | null>;
  lastOfKind(kind: string, unit: string): Promise<RecordRow | null>;
  byMessage(messageId: string): Promise<readonly RecordRow[]>;
};

export type DraftStore = {
  find(id: string): Promise<DraftRow | null>;
};

/** Who belongs where: small, read whole, kept for a few seconds. */
export type Directory = {
  organisation(): Promise<Organisation>;
  bindings(): Promise<readonly BindingRow[]>;
  person(openId: string): Promise<Person | null>;
  /** When this organisation first started, written once: no duty is opened for earlier periods. */
  goLive(candidate: Date): Promise<Date>;
  seed(units: readonly Unit[], people: readonly Person[], bindings: readonly BindingRow[]): Promise<void>;
};

export type EffectStore = {
  /** Does one write of a plan, once: `done` also when it had been done before. */
  apply(effect: Effect, cause: string): Promise<'done' | 'stale'>;
};

export type Store = {
  readonly leases: Leases;
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly occurrences: OccurrenceStore;
  readonly duties: DutyStore;
  readonly records: RecordStore;
  readonly drafts: DraftStore;
  readonly directory: Directory;
  readonly effects: EffectStore;
  ping(): Promise<boolean>;
  close(): Promise<void>;
};
