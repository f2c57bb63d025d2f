/** What one piece of a line says. Pieces are merged into a draft of the record; a contradiction becomes a question. */
import type { Absence, RecordFields, Vote } from '../record/fields.ts';
import type { Ask } from '../record/record.ts';
import type { DateReading } from './date.ts';
import type { TimeReading } from './time.ts';
import type { FilledBy } from './types.ts';

export type Reading = {
  readonly set?: Partial<RecordFields>;
  readonly absent?: readonly Absence[];
  /** How many are said to be absent, when a number stands there. */
  readonly absentCount?: number;
  readonly everyone?: boolean;
  readonly topics?: readonly string[];
  readonly agenda?: readonly string[];
  readonly studyTopics?: readonly string[];
  readonly vote?: Partial<Vote>;
  readonly date?: DateReading;
  readonly time?: TimeReading;
  readonly ask?: readonly Ask[];
  readonly filled?: Readonly<Record<string, FilledBy>>;
  /** Words nothing else claimed. */
  readonly free?: string;
};

export const nothing: Reading = {};
export const unclear = (field: string, options: readonly string[] = []): Reading => ({
  ask: [{ field, why: 'unclear', options }],
});
