import { DateTime, isDoc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import { typeName } from '../values/types.ts';
import { type Builder, isNullish } from './arguments.ts';
import { compileExpression, type Names } from './compile.ts';
import type { Expression } from './scope.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

function shift(sign: 1 | -1): Builder {
  return (operand, names, name) => {
    const read = parameters(operand, names, name, ['startDate', 'unit', 'amount']);
    return (scope) => {
      const [start, unit, amount] = read.map((part) => part(scope));
      if (isNullish(start) || isNullish(unit) || isNullish(amount)) return null;
      if (!(start instanceof DateTime))
        throw new ServerError(
          5166403,
          `${name} requires startDate to be convertible to a date, not ${typeName(start)}`,
        );
      if (!isNumeric(amount) || !Number.isInteger(toNumber(amount)))
        throw new ServerError(5166405, `${name} expects integer amount of time units`);
      return moved(start, String(unit), sign * toNumber(amount), name);
    };
  };
}

function parameters(operand: Value, names: Names, name: string, wanted: readonly string[]): Expression[] {
  if (!isDoc(operand)) throw new ServerError(5166400, `${name} expects an object as its argument`);
  for (const key of operand.keys()) {
    if (key === 'timezone') throw new ServerError(238, `${name} with a timezone is not implemented`);
    if (!wanted.includes(key)) throw new ServerError(5166401, `Unrecognized argument to ${name}: ${key}`);
  }
  return wanted.map((key) => {
    const part = operand.get(key);
    if (part === undefined) throw new ServerError(5166402, `${name} requires '${key}' to be present`);
    return compileExpression(part, names);
  });
}

/** Months keep the day of month, cut to the length of the target month; all in UTC. */
function moved(start: DateTime, unit: string, amount: number, name: string): DateTime {
  const fixed = Object.hasOwn(UNIT_MS, unit) ? UNIT_MS[unit] : undefined;
  if (fixed !== undefined) return new DateTime(start.ms + amount * fixed);
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  if (months === undefined)
    throw new ServerError(9, `${name} parameter 'unit' value cannot be recognized as a time unit: ${unit}`);
  const date = new Date(start.ms);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + amount * months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return new DateTime(date.getTime());
}

/** Dates, in UTC. */
export const DATES: Readonly<Record<string, Builder>> = {
  $dateAdd: shift(1),
  $dateSubtract: shift(-1),
};
