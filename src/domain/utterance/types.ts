/** The shape of a parsed utterance (contracts §4): every key is always present; null or [] means not said. */
import type { RecordFields } from '../record/fields.ts';
import type { KindCode } from '../record/kinds.ts';
import type { Ask } from '../record/record.ts';
import type { LocalDate, LocalDateTime } from '../time/local.ts';
import type { WorkCalendar } from '../time/work-calendar.ts';

export type Intent =
  | 'record'
  | 'plan'
  | 'correct'
  | 'undo'
  | 'query'
  | 'rectification'
  | 'report'
  | 'snooze'
  | 'export'
  | 'draw'
  | 'declare'
  | 'bind'
  | 'help'
  | 'none';
export type RectificationAction = 'claim' | 'progress' | 'requestClose' | 'approve' | 'return' | 'extend' | 'reopen';
/** Who filled a value that was not said. */
export type FilledBy = 'roster' | 'last' | 'clock' | 'reply' | 'text';

export type Query = {
  readonly what?: 'todo' | 'status' | 'duty' | 'unpaid' | 'next' | null;
  readonly unit?: string | null;
  readonly period?: string | null;
  readonly report?: string | null;
  readonly kinds?: readonly KindCode[];
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly format?: string | null;
  readonly level?: 'generalBranch' | 'branch' | null;
  readonly rate?: number | null;
  readonly set?: Readonly<Record<string, string | number>>;
  readonly was?: Readonly<Record<string, string | number>>;
};

export type Item = RecordFields & {
  readonly intent: Intent;
  readonly period: string | null;
  readonly late: boolean;
  readonly counts: boolean;
  readonly missing: readonly string[];
  readonly ask: readonly Ask[];
  /** Field → who filled it. */
  readonly filled: Readonly<Record<string, FilledBy>>;
  readonly action: RectificationAction | null;
  readonly ref: string | null;
  readonly reason: string | null;
  readonly until: LocalDate | null;
  readonly file: string | null;
  readonly query: Query | null;
};

export type ParsedUtterance = { readonly text: string; readonly items: readonly Item[] };

/** What the roster knows of the sender's unit. */
export type UnitContext = {
  readonly code: string;
  readonly name: string;
  readonly members: readonly string[];
  /** How many full members, who alone vote. */
  readonly voting: number;
  readonly expected: { readonly members: number; readonly committee: number };
  readonly groups: readonly { readonly no: number; readonly name: string; readonly size: number }[];
};
export type ReplyTo = { readonly kind: string | null; readonly unit: string | null; readonly period: string | null };
export type UtteranceContext = {
  readonly now: LocalDateTime;
  readonly calendar: WorkCalendar;
  readonly unit: UnitContext | null;
  /** Every unit, so that a name in a question is understood. */
  readonly units: readonly { readonly code: string; readonly name: string }[];
  readonly sender: string | null;
  readonly chat: 'group' | 'private';
  readonly replyTo: ReplyTo | null;
  /** Photos and files that came with the text. */
  readonly attachments?: number;
};
