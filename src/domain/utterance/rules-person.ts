/** Who hosted, wrote and lectured: 主持人赵甲, 组长郑庚主持, 我记录. */
import { numberOf, numeral } from './chinese-number.ts';
import { isName, isNameAfterLabel, letters, stop } from './names.ts';
import { type Reading, unclear } from './reading.ts';
import { type Rule, rule, type ScanContext } from './scan.ts';

type PersonField = 'host' | 'recorder' | 'lecturer' | 'person';
const courtesy = /(?:同志|老师|书记)$/;
const postNames = '党小组长|小组长|组长|党支部书记|支部书记|副书记|书记|组织委员|宣传委员|纪检委员';
const onlyPost = new RegExp(`^(?:${postNames}|委员)$`);
const leadingPost = new RegExp(`^(?:${postNames})(?=${letters}{2})`);

const named = (field: PersonField, run: string, context: ScanContext): Reading => {
  const word = run.replace(leadingPost, '').replace(courtesy, '');
  if (run === '我' || run === '本人')
    return context.sender ? { set: { [field]: context.sender }, filled: { [field]: 'roster' } } : unclear(field);
  return isNameAfterLabel(word) && !onlyPost.test(run) ? { set: { [field]: word } } : unclear(field);
};

const labels: readonly (readonly [string, PersonField])[] = [
  ['主持人员?|主持者|主持(?=[:是])', 'host'],
  ['会?议?记录人员?|记录员|记录者|记录(?=[:是])', 'recorder'],
  ['授课人|授课教师|主讲人|讲课人|讲师|主讲(?=[:是])|授课(?=[:是])', 'lecturer'],
  ['责任人|谈话对象', 'person'],
];
const actions: readonly (readonly [string, PersonField])[] = [
  ['主持(?![人者:])', 'host'],
  ['(?:做|作|负责)?(?:会议)?记录(?![人员者:])', 'recorder'],
  ['(?:主讲|授课|讲课|讲党课|上党课)(?![人:])', 'lecturer'],
];

/** The roster's name where the run begins with one: nothing else has to end it. */
const rosterName = (run: string, context: ScanContext): string | null =>
  context.unit?.members.find((name) => run.startsWith(name)) ?? null;

const labelled: readonly Rule[] = labels.flatMap(([label, field]) => [
  rule('any', `(?:${label})[:是为\\s]{0,3}(${letters}{1,12}?)${stop}`, (match, context) => {
    const run = match[1] ?? '';
    return rosterName(run.replace(leadingPost, ''), context) && run.replace(leadingPost, '').length > 4
      ? null
      : named(field, run, context);
  }),
  rule('any', `(?:${label})[:是为\\s]{0,3}(${letters}{2,3})`, (match, context) => {
    const name = rosterName(match[1] ?? '', context);
    return name && name === match[1] ? { set: { [field]: name } } : null;
  }),
]);
const acting: readonly Rule[] = actions.map(([action, field]) =>
  rule('edge', `(?:会议)?(?:由|请)?(${letters}{1,12}?)${action}`, (match, context) => {
    const run = match[1] ?? '';
    const word = run.replace(leadingPost, '').replace(courtesy, '');
    if (onlyPost.test(run)) return unclear(field);
    return run === '我' || isName(word, context) ? named(field, run, context) : null;
  }),
);

const talked = '(?:进行了?)?(?:谈心谈话|谈话|谈心|交心)(?:一次)?';
const companion = '(?:正式党员|预备党员|发展对象|积极分子|党员|委员|同志|老师|同学)?';
/** A talk: with whom, or with how many; the names themselves may be kept for the private chat. */
const talks: readonly Rule[] = [
  rule('edge', `(?:与|和|同|找)(?<!\\d)(${numeral})(?:个|名|位)(?:人)?${companion}${talked}`, (match) => {
    const present = numberOf(match[1] ?? '');
    return present === null ? null : { set: { present }, ...unclear('person') };
  }),
  rule('edge', `(?:与|和|同|找)(${letters}{2,10}?)${companion}${talked}`, (match, context) =>
    isName(match[1] ?? '', context) ? { set: { person: match[1] ?? null } } : null,
  ),
];

export const personRules: readonly Rule[] = [...talks, ...labelled, ...acting];
