/** A date at which something ends or begins again. */
import type { Ask } from '../record/record.ts';
import { type DateReading, parseDate, type Tense } from './date.ts';
import type { UtteranceContext } from './types.ts';

export const readUntil = (line: string, context: UtteranceContext, tense: Tense): DateReading | null =>
  parseDate(line, { today: context.now.slice(0, 10), tense, month: null })?.reading ?? null;

export const dateQuestion = (field: string, reading: DateReading | null): readonly Ask[] =>
  reading?.why ? [{ field, why: reading.why, options: reading.options }] : [];
