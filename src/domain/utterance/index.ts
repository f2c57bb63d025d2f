/** The room's door: the parser, and the smaller readers others use. */
export { numberOf } from './chinese-number.ts';
export { utteranceContext } from './context.ts';
export { parseDate } from './date.ts';
export { itemOf } from './item.ts';
export { compatible, normalise, withoutMention } from './normalise.ts';
export { parseUtterance } from './parse.ts';
export { parsePeriod } from './period.ts';
export { parseTime } from './time.ts';
export type * from './types.ts';
