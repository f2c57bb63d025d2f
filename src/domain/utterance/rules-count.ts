/** How many: 应到18人实到16人, 参加21人, 听课43人 其中积极分子12人, 赞成15票, 优秀7合格14. */
import type { Vote } from '../record/fields.ts';
import { numberOf, numeral } from './chinese-number.ts';
import { nothing, type Reading, unclear } from './reading.ts';
import { type Place, type Rule, rule } from './scan.ts';

type CountField = 'expected' | 'present' | 'listeners' | 'activists';
const people = '(?:个人|人次|人|名|位)?(?:正式)?(?:党员|同志)?';
const sep = '[:是为\\s]{0,2}';
const set = (field: CountField, value: number): Partial<Record<CountField, number>> =>
  field === 'listeners' ? { listeners: value, present: value } : { [field]: value };
const read = (field: CountField, word: string | undefined): Reading | null => {
  const value = numberOf(word ?? '');
  return value === null ? null : { set: set(field, value) };
};

const before: readonly (readonly [Place, string, CountField])[] = [
  ['any', '应到会?(?:人数|党员|委员)?|应出席(?:人数|党员)?|应参会(?:人数)?|应参加(?:人数)?', 'expected'],
  ['any', '实到会?(?:人数|党员|委员)?|实际到会|实际参加|实际到场|实参会|实出席', 'present'],
  [
    'any',
    '到会(?:人数|党员)?|到场(?:人数)?|出席(?:人数|党员)?|参会(?:人数|党员)?|参加(?:人数|人员|党员)?|与会(?:人数)?',
    'present',
  ],
  ['soft', '共?(?:来|到)了?|共有?', 'present'],
  ['any', '听课(?:人数|人员)?', 'listeners'],
  ['any', '(?:其中)?(?:入党)?积极分子(?:人数)?', 'activists'],
];
const numbered = `(${numeral})(?![\\d点时月日号周:./-])`;
const first: readonly Rule[] = before.map(([at, label, field]) =>
  rule(at, `(?:${label})${sep}${numbered}${people}`, (match) => read(field, match[1])),
);
const after: readonly (readonly [string, CountField])[] = [
  ['(?:党员|同志)?(?:参加|到会|到场|出席|参会|与会)了?', 'present'],
  ['(?:党员|同志)?(?:都|全|全部|均)(?:到了?|来了|参加了?|到会)', 'present'],
  ['(?:党员|同志|师生)?听课', 'listeners'],
  ['(?:入党)?积极分子', 'activists'],
];
const last: readonly Rule[] = after.map(([label, field]) =>
  rule('soft', `(?:共|有|其中)?(?<!\\d)(${numeral})(?:个人|人|名|位)?${label}(?![\\d:])`, (match) =>
    read(field, match[1]),
  ),
);

const pair = rule('any', `应到[/、]?实到(?:人数)?${sep}(${numeral})[/、-](${numeral})人?`, (match) => {
  const [expected, present] = [numberOf(match[1] ?? ''), numberOf(match[2] ?? '')];
  return expected === null || present === null ? null : { set: { expected, present } };
});
/** 有表决权 is checked elsewhere; here it must not be taken for 应到. */
const voting = rule(
  'any',
  `有表决权的?(?:党员|人数)?(?:应到)?${sep}${numeral}人?(?:[,、/\\s]{0,2}实到${sep}${numeral}人?)?`,
  () => nothing,
);
/** 7个人 alone may be those present or those expected. */
const bareCount = rule('edge', `(${numeral})个?人(?=$|[\\s,;。])`, (match) => unclear('present', [match[1] ?? '']));

const ballots: readonly (readonly [string, keyof Vote])[] = [
  ['赞成|同意', 'yes'],
  ['反对|不同意|不赞成', 'no'],
  ['弃权', 'abstain'],
];
const vote: readonly Rule[] = ballots.flatMap(([label, field]) => [
  rule('any', `(?<!不)(?:${label})票?数?${sep}(?<!\\d)${numbered}(?:票|人)?`, (match) => {
    const value = numberOf(match[1] ?? '');
    return value === null ? null : { vote: { [field]: value } };
  }),
  rule('soft', `(?<!\\d)(${numeral})(?:票|人)(?:${label})`, (match) => {
    const value = numberOf(match[1] ?? '');
    return value === null ? null : { vote: { [field]: value } };
  }),
  rule('soft', `(?:无人?|没有?人?)(?:${label})票?`, () => ({ vote: { [field]: 0 } })),
]);
const triple = rule('edge', '(?<![\\d-])(\\d{1,3})-(\\d{1,3})-(\\d{1,3})(?![\\d-])', (match) => ({
  vote: { yes: Number(match[1]), no: Number(match[2]), abstain: Number(match[3]) },
}));

const grade = (label: string): string => `${label}${sep}(\\d{1,4})(?:人|名|票)?[,、;\\s]*`;
const appraisal = rule(
  'any',
  `${grade('优秀')}${grade('(?<!基本|不)合格')}${grade('基本合格')}${grade('不合格')}`.replace(/\[,、;\\s\]\*$/, ''),
  (match) => ({
    set: {
      appraisal: {
        excellent: Number(match[1]),
        qualified: Number(match[2]),
        basic: Number(match[3]),
        unqualified: Number(match[4]),
      },
    },
  }),
);

export const countRules: readonly Rule[] = [pair, voting, appraisal, ...first, ...vote, triple, ...last, bareCount];
