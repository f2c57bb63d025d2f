/**
 * The kinds of organisational life, as data (domain §3.2, §3.7). A new kind is one row of this table:
 * its words are recognised, its fields asked for and its period kept without any other change.
 */
import type { FieldName } from './fields.ts';

export type Body = 'members' | 'committee' | 'group';
export type PeriodKind = 'month' | 'quarter' | 'halfYear' | 'year';
export type Kind = {
  readonly code: string;
  readonly name: string;
  /** What people type for it, the longest first where one contains another. */
  readonly words: readonly string[];
  readonly body: Body;
  readonly period: PeriodKind;
  /** The fields without which a record is a draft … */
  readonly counts: readonly FieldName[];
  /** … and those without which it cannot be approved. */
  readonly complete: readonly FieldName[];
  /** Codes one event may also count as (domain §3.5). */
  readonly also: readonly string[];
  /** Guests may come, so more may be present than expected. */
  readonly guests: boolean;
  readonly example: string;
};

const meeting: readonly FieldName[] = ['startAt', 'place', 'host', 'recorder', 'expected', 'present', 'absent'];
const headcount: readonly FieldName[] = ['startAt', 'expected', 'present', 'absent'];
const plain = { also: [], guests: false } as const;

export const kinds = [
  {
    ...plain,
    code: 'BGM',
    name: '党员大会',
    words: ['支部党员大会', '党员大会', '支部大会'],
    body: 'members',
    period: 'quarter',
    counts: [...headcount, 'topics'],
    complete: [...meeting, 'topics', 'summary'],
    example: '/记录 党员大会 11月20日15:00 行政楼306 应到14实到14 议题：1.讨论年度计划',
  },
  {
    ...plain,
    code: 'BCM',
    name: '支委会',
    words: ['支部委员会会议', '支部委员会', '支委会议', '支委会'],
    body: 'committee',
    period: 'month',
    counts: [...headcount, 'topics'],
    complete: [...meeting, 'topics', 'summary'],
    example: '/记录 支委会 11月20日15:00 行政楼306 应到5实到5 议题：1.研究主题党日方案',
  },
  {
    ...plain,
    code: 'PGM',
    name: '党小组会',
    words: ['党小组会议', '党小组会', '小组会'],
    body: 'group',
    period: 'month',
    counts: ['group', ...headcount],
    complete: ['group', ...meeting, 'topics', 'summary'],
    example: '/记录 党小组会 第一小组 11月20日15:00 201教室 全到 学支部条例',
  },
  {
    code: 'LEC',
    name: '党课',
    words: ['专题党课', '主题党课', '微党课', '党课'],
    body: 'members',
    period: 'quarter',
    counts: ['startAt', 'present', 'absent', 'topics'],
    complete: ['startAt', 'place', 'present', 'topics', 'summary', 'lecturer', 'studyTopics', 'attachments'],
    also: [],
    guests: true,
    example: '/记录 党课 11月20日15:00 阶梯教室2 讲课人赵甲 题目《支部工作条例解读》 全到',
  },
  {
    code: 'TPD',
    name: '主题党日',
    words: ['主题党日活动', '主题党日', '党日活动', '党日'],
    body: 'members',
    period: 'month',
    counts: [...headcount, 'topics'],
    complete: [
      'startAt',
      'place',
      'host',
      'expected',
      'present',
      'absent',
      'topics',
      'agenda',
      'summary',
      'attachments',
    ],
    also: ['BGM', 'PGM', 'LEC', 'VOL'],
    guests: false,
    example: '/记录 主题党日 11月20日15:00 党史馆 学支部条例 应到14实到12 缺赵甲(出差) 钱乙(病假)',
  },
  {
    code: 'OLM',
    name: '组织生活会',
    words: ['专题组织生活会', '组织生活会'],
    body: 'members',
    period: 'year',
    counts: headcount,
    complete: [...meeting, 'topics', 'agenda', 'summary', 'attachments'],
    also: ['DAM', 'BGM'],
    guests: false,
    example: '/记录 组织生活会 12月18日9:00 302会议室 全到 批评和自我批评',
  },
  {
    code: 'DAM',
    name: '民主评议党员',
    words: ['民主评议党员', '民主评议'],
    body: 'members',
    period: 'year',
    counts: headcount,
    complete: [...meeting, 'agenda', 'appraisal', 'attachments'],
    also: ['BGM'],
    guests: false,
    example: '/记录 民主评议 12月18日9:00 302会议室 应到24实到24 优秀7合格16基本合格1不合格0',
  },
  {
    ...plain,
    code: 'HHT',
    name: '谈心谈话',
    words: ['谈心谈话', '谈心'],
    body: 'members',
    period: 'year',
    counts: ['startAt', 'person'],
    complete: ['startAt', 'person'],
    example: '/记录 谈心谈话 11月19日 与3名预备党员谈话',
  },
  {
    ...plain,
    code: 'CGS',
    name: '理论学习中心组学习',
    words: ['理论学习中心组学习', '理论学习中心组', '理论中心组学习', '理论中心组', '中心组学习'],
    body: 'committee',
    period: 'quarter',
    counts: headcount,
    complete: [
      'startAt',
      'place',
      'host',
      'recorder',
      'expected',
      'present',
      'topics',
      'summary',
      'studyTopics',
      'attachments',
    ],
    example: '/记录 中心组学习 11月20日15:00 行政楼306 应到7实到7 学支部条例',
  },
  {
    ...plain,
    code: 'UPM',
    name: '院系党组织会议',
    words: ['院系党组织会议', '系党组织会议', '党组织会议', '总支委员会', '总支委会'],
    body: 'committee',
    period: 'month',
    counts: headcount,
    complete: ['startAt', 'place', 'host', 'recorder', 'expected', 'present', 'topics', 'summary'],
    example: '/记录 党组织会议 11月20日15:00 行政楼306 应到5实到5 议题：1.研究干部调整',
  },
  {
    ...plain,
    code: 'JPA',
    name: '党政联席会议',
    words: ['党政联席会议', '党政联席会', '联席会议'],
    body: 'committee',
    period: 'month',
    counts: headcount,
    complete: ['startAt', 'place', 'host', 'recorder', 'expected', 'present', 'topics', 'summary'],
    example: '/记录 党政联席会 11月20日15:00 行政楼306 应到7实到6 缺赵甲(出差) 议题：1.研究预算',
  },
  {
    ...plain,
    code: 'PBLG',
    name: '党建工作领导小组会议',
    words: ['党建工作领导小组会议', '党建工作领导小组', '党建领导小组会议', '党建领导小组会'],
    body: 'committee',
    period: 'quarter',
    counts: headcount,
    complete: ['startAt', 'place', 'host', 'recorder', 'expected', 'present', 'topics', 'summary'],
    example: '/记录 党建领导小组会 11月20日15:00 行政楼306 应到9实到9 议题：1.听取述职安排',
  },
  {
    ...plain,
    code: 'DOL',
    name: '双重组织生活',
    words: ['双重组织生活'],
    body: 'members',
    period: 'year',
    counts: ['startAt', 'person'],
    complete: ['startAt', 'person'],
    example: '/记录 双重组织生活 11月20日15:00 责任人赵甲',
  },
  {
    ...plain,
    code: 'TRN',
    name: '集中学习培训',
    words: ['集中学习培训', '集中培训', '党员培训'],
    body: 'members',
    period: 'year',
    counts: headcount,
    complete: ['startAt', 'place', 'expected', 'present', 'topics'],
    example: '/记录 集中培训 11月20日9:00 报告厅 全到 学支部条例',
  },
  {
    ...plain,
    code: 'VOL',
    name: '志愿服务',
    words: ['志愿服务活动', '志愿服务'],
    body: 'members',
    period: 'year',
    counts: ['startAt', 'present'],
    complete: ['startAt', 'place', 'present', 'topics'],
    example: '/记录 志愿服务 11月20日9:00 中心广场 参加12人 清扫积雪',
  },
  {
    ...plain,
    code: 'GBA',
    name: '总支党员大会',
    words: ['总支党员大会', '总支大会'],
    body: 'members',
    period: 'halfYear',
    counts: [...headcount, 'topics'],
    complete: [...meeting, 'topics', 'summary'],
    example: '/记录 总支党员大会 11月20日15:00 大礼堂 应到80实到80 议题：1.总支工作报告',
  },
] as const satisfies readonly Kind[];

export type KindCode = (typeof kinds)[number]['code'];

const byCode: ReadonlyMap<string, Kind & { readonly code: KindCode }> = new Map(kinds.map((kind) => [kind.code, kind]));

/** The row of a code; undefined when there is none. */
export const kindOf = (code: string): (Kind & { readonly code: KindCode }) | undefined => byCode.get(code);
