import type { Builder } from './arguments.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { ARRAYS } from './arrays.ts';
import { CONDITIONS } from './conditions.ts';
import { CONVERSIONS } from './conversions.ts';
import { DATES } from './dates.ts';
import { TEXT } from './text.ts';

let table: Readonly<Record<string, Builder>> | undefined;

/** Every expression operator that is accepted. A function, because the operators' files and the compiler need each other. */
export function expressions(): Readonly<Record<string, Builder>> {
  table ??= { ...CONDITIONS, ...ARITHMETIC, ...ARRAYS, ...CONVERSIONS, ...DATES, ...TEXT };
  return table;
}
