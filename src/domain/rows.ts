import type { Absence } from './record/fields.ts';
import type { LocalDate } from './time/local.ts';

/** What the store keeps, as plain values. Instants are Dates (UTC); days are `LocalDate` in the organisation's zone. */
export type Versioned = { readonly _id: string; readonly cause: string; readonly revision: number };

export type RecordState = 'draft' | 'submitted' | 'approved' | 'returned' | 'withdrawn';

/** One meeting or activity that took place (contracts §8). `details` holds what a kind has beyond the common fields. */
export type RecordRow = Versioned & {
  readonly kind: string;
  readonly unit: string;
  readonly group: number | null;
  readonly startAt: Date;
  readonly endAt: Date | null;
  readonly period: string;
  readonly place: string | null;
  readonly host: string | null;
  readonly recorder: string | null;
  readonly expected: number | null;
  readonly present: number | null;
  readonly absent: readonly Absence[];
  readonly topics: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly missing: readonly string[];
  readonly filled: Readonly<Record<string, string>>;
  readonly state: RecordState;
  readonly late: boolean;
  readonly submittedBy: string;
  readonly submittedAt: Date;
  readonly source: { readonly chat: string; readonly message: string };
};

/** A record still lacking what it needs to count; kept until it is completed or its day is over. */
export type DraftRow = Versioned & {
  readonly unit: string;
  readonly sender: string;
  readonly chat: string;
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Which of the fields nobody said, and where they come from. */
  readonly filled: Readonly<Record<string, string>>;
  readonly asked: readonly string[];
  readonly state: 'open' | 'done' | 'dropped';
  readonly source: { readonly chat: string; readonly message: string };
  readonly createdAt: Date;
};

export type DutyRow = Versioned & {
  readonly unit: string;
  readonly policy: string;
  readonly kind: string;
  readonly period: string;
  readonly deadline: LocalDate;
  /** Local midnight of the next step's day; null when nothing is left to say. */
  readonly nextAt: Date | null;
  readonly met: null | { readonly by: string; readonly at: Date };
  readonly skipped: readonly string[];
  readonly waiver: null | {
    readonly state: 'asked' | 'agreed';
    readonly reason: string;
    readonly by: string;
    readonly at: Date;
  };
};

export type BindingRow = Versioned & { readonly unit: string; readonly by: string; readonly at: Date };

export type ReminderItem = {
  readonly duty: string;
  readonly step: string;
  readonly card: 'duty' | 'overdue' | 'escalation';
};

export type Recipient = { readonly type: 'chat' | 'person'; readonly id: string };

/** A message to be sent once. A reminder holds items and is rendered at its first try; anything else is frozen at birth. */
export type OutboxRow = {
  readonly _id: string;
  readonly cause: string;
  readonly revision: number;
  readonly to: Recipient;
  readonly kind: 'send' | 'reply' | 'patch';
  /** The message answered or patched: Feishu's id, or the outbox key whose message is meant. */
  readonly target: string | null;
  readonly content: string | null;
  readonly items: readonly ReminderItem[];
  readonly duties: readonly string[];
  readonly draft: string | null;
  readonly record: string | null;
  /** Not before this business instant. */
  readonly at: Date;
  /** Order within a chat: real time in microseconds. */
  readonly seq: number;
  readonly state: 'waiting' | 'sent' | 'dropped' | 'parked';
  readonly uuid: string | null;
  readonly messageId: string | null;
  readonly chatId: string | null;
  readonly tries: number;
  readonly triedAt: Date | null;
  readonly sentAt: Date | null;
  readonly note: string | null;
};

/** One line of the append-only log: who did what to which document, from which message. */
export type ChangeRow = Versioned & {
  readonly at: Date;
  readonly by: string;
  readonly what: string;
  readonly on: { readonly collection: string; readonly id: string };
  readonly before: unknown;
  readonly after: unknown;
  readonly message: string | null;
};

export type Rows = {
  records: RecordRow;
  drafts: DraftRow;
  duties: DutyRow;
  bindings: BindingRow;
  outbox: OutboxRow;
  changes: ChangeRow;
};
export type CollectionName = keyof Rows;

export type Insert<C extends CollectionName = CollectionName> = {
  [K in C]: { readonly op: 'insert'; readonly into: K; readonly row: Rows[K] };
}[C];
export type Update<C extends CollectionName = CollectionName> = {
  [K in C]: {
    readonly op: 'update';
    readonly in: K;
    readonly id: string;
    /** The revision decided upon; null = any, then `expect` guards. */
    readonly revision: number | null;
    readonly expect?: Partial<Rows[K]>;
    readonly set: Partial<Rows[K]>;
    /** When the row has moved on: decide the whole message again, or leave this effect out. */
    readonly ifStale: 'redo' | 'skip';
  };
}[C];

/** One write of a plan. An insert is done once under its `_id` and cause; an update once under its revision. */
export type Effect = Insert | Update;

export type ToastType = 'success' | 'info' | 'warning' | 'error';
/** What a message decided: written whole before anything of it is done, then only ever applied (design §2.1). */
export type Plan = {
  readonly effects: readonly Effect[];
  /** The answer to a click. */
  readonly toast?: { readonly type: ToastType; readonly content: string } | undefined;
  readonly card?: Readonly<Record<string, unknown>> | undefined;
  /** Nothing for us: the row keeps ids only. */
  readonly ignored?: true | undefined;
};
