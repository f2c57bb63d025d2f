/** Where: known endings of place names (行政楼306, 党史馆, 阶梯教室2), online rooms, or whatever stands after 地点. */
import { stop } from './names.ts';
import { unclear } from './reading.ts';
import { isTopical, type Rule, rule } from './scan.ts';

/** The longer ending first. */
const endings =
  '会议中心|活动中心|服务中心|文化中心|学习中心|教育中心|体育中心|会议室|活动室|阅览室|办公室|实训室|实验室|报告厅|多功能厅|展览馆|博物馆|纪念馆|图书馆|体育馆|党史馆|校史馆|文化馆|大礼堂|小礼堂|礼堂|教育基地|实践基地|基地|阶梯教室|党员之家|党建室|教室|校区|操场|广场|公园|社区|烈士陵园|陵园|革命旧址|旧址|遗址|故居|车间|食堂|机房|房间|中心|楼|厅|馆|室|堂|村|院|园|苏木|嘎查';
const inside = '[㐀-鿿A-Za-z0-9#号·-]';
const tail =
  '(?:[A-Za-z]?-?\\d{1,4}[A-Za-z]?(?:号|室|会议室|教室|报告厅)?|[一二三四五六七八九十]{1,2}楼(?:会议室|报告厅)?|第?[一二三四五六七八九十]{1,2}(?:会议室|教室))?';
const online =
  '(?:线上|网上)?(?:腾讯|飞书|钉钉|企业微信|微信|ZOOM|Zoom|zoom|视频|云)会议室?(?:号?:?\\s?\\d{3}[\\d -]{5,12}\\d)?|线上(?:会议|直播)?|网上|云端|钉钉群|微信群|飞书群';
const follows =
  '(?=$|[\\s,;。、()!?]|召开|举行|举办|开展|开会|开了|开|组织|进行|学(?!院|校|科|生|习室)|传达|观看|研究|讨论|听取)';
const end = `(?:${follows}|${stop})`;
const before = '(?:在|于|地点?[:是]?|会场[:是]?)?';
const badStart = /^(?:在|于|地点|会议|时间|我们|我|咱们|本|全体|主持|记录|应到|实到|缺)/;

const isPlace = (words: string): boolean =>
  !badStart.test(words) && (!isTopical(words) || /^(?:学习|交流|谈|讲)[^,]*(?:室|厅|中心)$/.test(words));
const asPlace = (words: string | undefined) => (words && isPlace(words) ? { set: { place: words } } : null);
const asLabelled = (words: string | undefined) => {
  const place = (words ?? '').trim();
  return place === '' ? unclear('place') : { set: { place } };
};

export const placeRules: readonly Rule[] = [
  rule('any', 'https?:\\/\\/[^\\s,;。、()<>㐀-鿿]{3,300}', (match) => ({ set: { onlineUrl: match[0] } })),
  rule(
    'any',
    '(?:活动|会议)?(?:地点|会场)(?:[:是在]|设在|\\s)\\s?([^,;。\\n\\s]{1,40}?)(?=$|[,;。\\s]|应到|实到|主持人|记录人|议题|缺)',
    (match) => asLabelled(match[1]),
  ),
  rule('edge', `${before}(${online})`, (match) => asPlace(match[1])),
  rule('edge', `${before}(${inside}{0,14}?(?:${endings})${tail})${end}`, (match) => asPlace(match[1])),
];

const mentioned = new RegExp(
  `([㐀-鿿]{0,8}?(?:党史馆|校史馆|${endings
    .split('|')
    .filter((one) => one.length > 1)
    .join('|')}|馆))`,
);
const verbs = /^(?:集体|组织)?(?:参观|走进|前往|赴|到|在|去|走访|来到)+/;

/** A place that a topic names (参观党史馆), to be offered when no other was said. */
export const placeInTopic = (topic: string): string | null => topic.match(mentioned)?.[1]?.replace(verbs, '') || null;
