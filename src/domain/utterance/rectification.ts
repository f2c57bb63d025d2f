/** 整改: claim, progress, ask for closing, return, extend – by the number of the finding. */
import { type DateContext, parseDate } from './date.ts';
import { itemOf } from './item.ts';
import type { Item, RectificationAction, UtteranceContext } from './types.ts';

const number = /ZG-?\d{4}-?\d{1,4}/i;
const actions: readonly (readonly [RegExp, RectificationAction])[] = [
  [/申请销号|请求销号|申请销账|可以销号/, 'requestClose'],
  [/退回/, 'return'],
  [/延期|延到|延至|延后/, 'extend'],
  [/认领/, 'claim'],
  [/重新打开|复发|重开/, 'reopen'],
  [/同意销号|通过|审核通过|准予销号/, 'approve'],
  [/进展|已完成|完成了|整改好了|整改完|正在/, 'progress'],
];
/** Text of these follows the number as it stands. */
const freeReason: readonly RectificationAction[] = ['return', 'progress', 'reopen', 'approve'];

export const rectificationNumber = (line: string): string | null => {
  const match = line
    .match(number)?.[0]
    .toUpperCase()
    .match(/\d{4}-?\d{1,4}/)?.[0]
    .replace('-', '');
  return match ? `ZG-${match.slice(0, 4)}-${match.slice(4).padStart(3, '0')}` : null;
};

const clean = (text: string): string => text.replace(/^[\s,;:。]+|[\s,;。]+$/g, '');
const labelledReason = (line: string): string | null => {
  const match = line.match(/(?:原因|理由)[:是]?\s?(.+?)(?=[,;。]\s?(?:延到|延至|延期到|请)|$)/)?.[1];
  return match ? clean(match) || null : null;
};
const textAfter = (line: string): string | null =>
  clean(line.replace(number, '\n').split('\n')[1] ?? '').replace(/^(?:退回|进展|复发|重开|通过|同意销号)[:,\s]*/, '') ||
  null;
const reasonOf = (line: string, action: RectificationAction): string | null =>
  labelledReason(line) ?? (freeReason.includes(action) ? textAfter(line) : null);

const untilOf = (line: string, context: UtteranceContext) => {
  const dates: DateContext = { today: context.now.slice(0, 10), tense: 'future', month: null };
  const withoutNumber = line.replace(number, ' ');
  return parseDate(withoutNumber.match(/(?:延期?[到至]|限|于)(.+)/)?.[1] ?? withoutNumber, dates)?.reading ?? null;
};

const needs: Partial<Readonly<Record<RectificationAction, readonly ('ref' | 'person' | 'until' | 'reason')[]>>> = {
  claim: ['ref', 'person', 'until'],
  extend: ['ref', 'reason', 'until'],
  return: ['ref', 'reason'],
};

export const rectificationItem = (line: string, context: UtteranceContext): Item => {
  const action = actions.find(([pattern]) => pattern.test(line))?.[1] ?? null;
  const person = line.match(/责任人[:是]?\s?([㐀-鿿·]{2,10}?)(?=[\s,;。、\d]|$)/)?.[1] ?? null;
  const until = action === 'claim' || action === 'extend' ? untilOf(line, context) : null;
  const said = { ref: rectificationNumber(line), person, until: until?.date ?? null };
  const values = { ...said, reason: action ? reasonOf(line, action) : null };
  const wanted = action ? (needs[action] ?? ['ref' as const]) : [];
  const evidence = action === 'requestClose' && !context.attachments ? ['attachments'] : [];
  return itemOf('rectification', {
    ...values,
    action,
    missing: [...wanted.filter((field) => values[field] === null), ...evidence],
    ask: [
      ...(action
        ? []
        : [{ field: 'action', why: 'unclear' as const, options: ['认领', '进展', '申请销号', '退回', '延期'] }]),
      ...(until?.why ? [{ field: 'until', why: until.why, options: until.options }] : []),
    ],
  });
};
