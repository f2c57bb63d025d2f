/** Which kind of meeting, which group, and the small words around them. */
import { type KindCode, kindOf, kinds } from '../record/kinds.ts';
import { numberOf } from './chinese-number.ts';
import { nothing, type Reading } from './reading.ts';
import { type Rule, rule } from './scan.ts';
import { correct } from './words.ts';

/** Every word of every kind, the longest first. */
export const kindWords: readonly (readonly [string, KindCode])[] = kinds
  .flatMap((kind) => kind.words.map((word) => [word, kind.code] as const))
  .sort(([one], [other]) => other.length - one.length);
const exact = new RegExp(kindWords.map(([word]) => word).join('|'));
const codes = new Map(kindWords);

/** A word of two characters may be the end of a misspelt longer one. */
const certain = new RegExp(kindWords.flatMap(([word]) => (word.length > 2 ? [word] : [])).join('|'));

export const mentionsKind = (line: string): boolean => exact.test(line);
/** The first kind a line names. */
export const kindIn = (line: string): KindCode | null => codes.get(line.match(exact)?.[0] ?? '') ?? null;

/** A second kind in one line is held together with the first where the rules allow it, else it is a contradiction. */
export const joinKinds = (first: KindCode, second: KindCode): Reading | null => {
  if (first === second) return nothing;
  return kindOf(first)?.also.includes(second) ? { set: { alsoCountsAs: [second] } } : null;
};

const spoken = rule(
  'soft',
  `(?:开了?|召开了?|举行了?|上了?)?(?:一次|个|次)?(${exact.source})(?:会议|活动)?`,
  (match) => {
    const kind = codes.get(match[1] ?? '');
    return kind ? { set: { kind } } : null;
  },
);

const notMeant = /^(?:组织生活(?!会)|党员大(?![会回汇惠绘])|民主生活会|支部书记|党小组|主题教育|支部委员(?!会))/;

/** A slip in a known word; only where the line names no kind otherwise. */
const misspelt: Rule = {
  at: 'edge',
  take: (line, position) => {
    if (certain.test(line) || notMeant.test(line.slice(position, position + 8))) return null;
    const { sure, offers } = correct(line, position, kindWords);
    if (sure) return { reading: { set: { kind: sure.value } }, length: sure.length };
    const names = [...new Set(offers.map((offer) => kindOf(offer.value)?.name ?? offer.word))];
    const length = Math.max(0, ...offers.map((offer) => offer.length));
    return length === 0 ? null : { reading: { ask: [{ field: 'kind', why: 'unclear', options: names }] }, length };
  },
};

const group = rule('soft', '第?([一二三四五六七八九十]{1,2}|\\d{1,2})(?:党小组|小组|组)(会)?', (match) => {
  const value = numberOf(match[1] ?? '');
  return value === null ? null : { set: { group: value, ...(match[2] ? { kind: 'PGM' as const } : {}) } };
});

const url = /^https?:/;
const filler =
  '(?:我们支部|我支部|本支部|支部里?|我们系?|咱们支部|咱们|咱|大家|刚刚|刚才|已经|就|把|时间[:是]?|会议时间[:是]?|补录一下|补录|补记一下|补记|记录一下|记一下|记录|登记一下|登记|报一下|帮我|帮忙|麻烦|请|报告(?=:)|凌晨|早上|上午|中午|下午|傍晚|晚上|改到|改在|已经?开了?|开的|召开了?|举行了?|举办了?|开完了|开了|开展了?|组织了?|进行了?|一起搞|一起开|一起|会议|活动|情况[:]?|计划(?:在|于)?|拟于?|定于|定在|准备|打算|将于?|在|于|了|的|开(?=[,。\\s]|$)|吧|哦|呢|啊|[:：])';
const chatter =
  '(?:照片|图片|签到表|附件|材料|纪要|会议记录)(?:稍后|随后|一会|等会|待会|见|已|都|在|后面|马上|晚点|如下)[^,;。\\n]*|(?:见|附|含)(?:附件|照片|签到表)[^,;。\\n\\s]*|(?:谢谢|辛苦了?|收到|好的|就这样|完毕|以上|请审核|请查收|请记录)[^,;。\\n㐀-鿿]*(?=$|[,;。\\n\\s])';

export const kindRules: readonly Rule[] = [spoken, group, misspelt];
/** The unit's own name in front adds nothing. */
const ownUnit: Rule = {
  at: 'edge',
  take: (line, position, { unit }) =>
    unit !== null && unit.name !== '' && line.startsWith(unit.name, position)
      ? { reading: nothing, length: unit.name.length }
      : null,
};
export const fillerRules: readonly Rule[] = [
  ownUnit,
  rule('soft', chatter, () => nothing),
  rule('edge', filler, (match) => (url.test(match[0]) ? null : nothing)),
];
