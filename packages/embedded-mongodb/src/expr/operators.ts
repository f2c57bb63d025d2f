import type { Builder } from './arguments.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { ARRAYS } from './arrays.ts';
import { CONDITIONS } from './conditions.ts';
import { CONVERSIONS } from './conversions.ts';
import { DATES } from './dates.ts';
import { TEXT } from './text.ts';

/** Every expression operator that is accepted. */
export const EXPRESSIONS: Readonly<Record<string, Builder>> = {
  ...CONDITIONS,
  ...ARITHMETIC,
  ...ARRAYS,
  ...CONVERSIONS,
  ...DATES,
  ...TEXT,
};
