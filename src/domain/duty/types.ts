/** Policies, duties and ladders (design §1, §5): plain values, so that a new duty is data and not code. */
import type { UnitLevel } from '../organisation.ts';
import type { LocalDate } from '../time/local.ts';

export const cards = ['duty', 'overdue', 'escalation'] as const;
/** What a reminder looks like. */
export type Card = (typeof cards)[number];

export const audiences = ['group', 'secretary', 'organizer', 'orgDept'] as const;
/** Who hears of a step; `recipientsOf` finds the people. */
export type Audience = (typeof audiences)[number];

/** When a step is taken: on a day of the period's month, before the deadline, or working days after it. */
export type StepTime =
  | { readonly dayOfMonth: number }
  | { readonly daysBefore: number }
  | { readonly workdaysAfter: number };

export type LadderStep = {
  readonly step: string;
  readonly at: StepTime;
  readonly to: readonly Audience[];
  readonly card: Card;
};

export const cycles = ['month'] as const;
export type Cycle = (typeof cycles)[number];

export type Policy = {
  /** `S7.1-TPD` */
  readonly id: string;
  /** The kind of record that meets the duty, `TPD`. */
  readonly kind: string;
  readonly name: string;
  readonly cycle: Cycle;
  readonly appliesTo: {
    readonly levels: readonly UnitLevel[];
    /** Only units with (or, `false`, without) a committee. */
    readonly committee?: boolean | undefined;
    /** Only units with (or, `false`, without) Party groups. */
    readonly groups?: boolean | undefined;
  };
  readonly ladder: string;
  /** `BR-16` */
  readonly rule: string;
  /** The line people read: 支部工作条例第十六条 · 每月一次 */
  readonly basis: string;
  /** `S7.1` */
  readonly source: string;
};

export type PolicyPack = {
  readonly name: string;
  readonly ladders: Readonly<Record<string, readonly LadderStep[]>>;
  readonly policies: readonly Policy[];
};

/** One unit × one policy × one period. */
export type Duty = {
  /** `TPD/B0201/2026-11` */
  readonly id: string;
  readonly unit: string;
  readonly policy: string;
  readonly kind: string;
  /** `2026-11` */
  readonly period: string;
  readonly deadline: LocalDate;
  readonly rule: string;
};

/** A step of a ladder on its day. */
export type PlannedStep = {
  readonly step: string;
  readonly on: LocalDate;
  readonly to: readonly Audience[];
  readonly card: Card;
};
