/** Puts the dates and times of a line together: one start, perhaps an end, or a question. */
import type { Ask } from '../record/record.ts';
import type { LocalDate, LocalDateTime } from '../time/local.ts';
import type { DateReading } from './date.ts';
import type { TimeReading } from './time.ts';

export type When = {
  readonly startAt: LocalDate | LocalDateTime | null;
  readonly endAt: LocalDate | LocalDateTime | null;
  readonly ask: readonly Ask[];
};
const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
const about = (field: string, why: Ask['why'], options: readonly string[]): Ask => ({ field, why, options });

const dateQuestion = ({ why, options }: DateReading, clock: string | null): Ask[] =>
  why ? [about('startAt', why, clock ? options.map((date) => `${date}T${clock}`) : options)] : [];

/** Two clock times of one line: the second is the end when it is later. */
const clockOf = (times: readonly TimeReading[]) => {
  const starts = distinct(times.flatMap((time) => time.start ?? []));
  const [start = null, second = null] = starts;
  const end = times.find((time) => time.end !== null)?.end ?? null;
  return {
    start,
    end: end ?? (start !== null && second !== null && second > start ? second : null),
    tooMany: starts.length > 2,
  };
};

export const whenOf = (dates: readonly DateReading[], times: readonly TimeReading[]): When => {
  const clock = clockOf(times);
  const days = distinct(dates.flatMap((reading) => reading.date ?? []));
  const [day = null] = days;
  const timeQuestions = times.flatMap(({ why, options }) =>
    why ? [about('startAt', why, day ? options.map((time) => `${day}T${time}`) : options)] : [],
  );
  const ask = [
    ...dates.flatMap((reading) => dateQuestion(reading, clock.start)),
    ...timeQuestions,
    ...(days.length > 1 ? [about('startAt', 'mismatch', days)] : []),
    ...(clock.tooMany ? [about('startAt', 'unclear', [])] : []),
    ...(day === null && clock.start !== null && dates.length === 0 ? [about('startAt', 'unclear', [])] : []),
  ];
  if (day === null || days.length > 1) return { startAt: null, endAt: null, ask };
  const until = dates.find((reading) => reading.until !== null)?.until ?? null;
  return {
    startAt: clock.start === null ? day : `${day}T${clock.start}`,
    endAt: clock.end === null ? until : `${until ?? day}T${clock.end}`,
    ask,
  };
};
