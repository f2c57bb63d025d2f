import { describe, expect, it } from 'vitest';
import { type Item, itemOf, parseUtterance } from '../../src/domain/utterance/index.ts';
import { contextOf, replyTo, type UnitCode } from './utterance-world.ts';

const itemsOf = (text: string, at?: UnitCode) => parseUtterance(text, contextOf(at ? { at } : {})).items;

/** The 26 utterances of domain §11.5: number, unit, text, what the item must hold. */
const rows: readonly (readonly [number, UnitCode, string, Partial<Item>])[] = [
  [
    1,
    'B0201',
    '/提交 支委会 11月20日下午3点，行政楼306，主持人赵甲，记录人钱乙，应到5实到5，议题：1.研究12月主题党日方案 2.讨论孙丙转正前考察意见',
    {
      intent: 'record',
      kind: 'BCM',
      startAt: '2026-11-20T15:00',
      place: '行政楼306',
      host: '赵甲',
      recorder: '钱乙',
      expected: 5,
      present: 5,
      absent: [],
      topics: ['研究12月主题党日方案', '讨论孙丙转正前考察意见'],
      period: '2026-11',
      late: false,
      counts: true,
      missing: ['summary'],
      ask: [],
      filled: {},
    },
  ],
  [
    2,
    'B0104',
    '@党建小助手 上周五下午3点开了党员大会，应到18人实到16人，请假2人（李丁出差、周戊病假），通过接收吴己为预备党员，赞成15票',
    {
      intent: 'record',
      kind: 'BGM',
      startAt: '2026-11-20T15:00',
      period: '2026-Q4',
      expected: 18,
      present: 16,
      absent: [
        { name: '李丁', reason: '出差' },
        { name: '周戊', reason: '病假' },
      ],
      votes: [{ subject: '接收吴己', yes: 15, no: null, abstain: null }],
      topics: ['接收吴己为预备党员'],
      counts: false,
      missing: ['place', 'host', 'recorder', 'summary', 'votes'],
      ask: [{ field: 'expected', why: 'mismatch', options: ['18', '19'] }],
    },
  ],
  [
    3,
    'B0203',
    '/提交 主题当日 11月13号下午两点半 党史馆参观+重温誓词 参加21人',
    {
      intent: 'record',
      kind: 'TPD',
      startAt: '2026-11-13T14:30',
      topics: ['参观党史馆', '重温誓词'],
      present: 21,
      expected: 30,
      filled: { expected: 'roster' },
      place: null,
      host: null,
      late: true,
      counts: false,
      ask: [
        { field: 'place', why: 'unclear', options: ['党史馆'] },
        { field: 'expected', why: 'mismatch', options: ['30'] },
      ],
    },
  ],
  [
    4,
    'B0203',
    '补录一下：10月28日党小组会，第二小组，组长郑庚主持，到7人缺1人（外出实习）',
    {
      intent: 'record',
      kind: 'PGM',
      group: 2,
      startAt: '2026-10-28',
      host: '郑庚',
      present: 7,
      expected: 8,
      filled: { expected: 'text' },
      absent: [{ name: null, reason: '外出实习' }],
      period: '2026-10',
      late: true,
      counts: false,
      ask: [{ field: 'absent', why: 'unclear', options: [] }],
    },
  ],
  [
    5,
    'B0201',
    '/党课 昨天晚上7点 阶梯教室2 讲师赵甲 题目《新修订条例解读》 听课43人 其中积极分子12人',
    {
      intent: 'record',
      kind: 'LEC',
      startAt: '2026-11-23T19:00',
      place: '阶梯教室2',
      lecturer: '赵甲',
      topics: ['新修订条例解读'],
      present: 43,
      listeners: 43,
      activists: 12,
      expected: null,
      counts: true,
      ask: [],
    },
  ],
  [
    6,
    'B0201',
    '支委回开完了，照片稍后发',
    {
      intent: 'record',
      kind: 'BCM',
      startAt: null,
      expected: null,
      present: null,
      topics: [],
      counts: false,
      missing: ['startAt', 'place', 'host', 'recorder', 'expected', 'present', 'topics', 'summary'],
    },
  ],
  [7, 'B0201', '/状态', { intent: 'query', query: { what: 'status', unit: null, period: null, report: null } }],
  [
    8,
    'B0201',
    '我们支部这个月还差啥没做？',
    { intent: 'query', query: { what: 'todo', unit: null, period: '2026-11', report: null } },
  ],
  [
    9,
    'B0201',
    '/状态 护理系学生第一党支部 三季度',
    { intent: 'query', query: { what: 'status', unit: 'B0403', period: '2026-Q3', report: null } },
  ],
  [
    10,
    'B0201',
    '/整改 认领 ZG-2026-014,责任人王辛,12月10日前完成',
    { intent: 'rectification', action: 'claim', ref: 'ZG-2026-014', person: '王辛', until: '2026-12-10' },
  ],
  [
    11,
    'B0201',
    'ZG-2026-009整改好了，佐证材料在附件，申请销号',
    { intent: 'rectification', action: 'requestClose', ref: 'ZG-2026-009', missing: ['attachments'] },
  ],
  [
    12,
    'B0201',
    '/整改 延期 ZG-2026-011 原因：等学校统一采购，延到12月底',
    {
      intent: 'rectification',
      action: 'extend',
      ref: 'ZG-2026-011',
      reason: '等学校统一采购',
      until: '2026-12-31',
    },
  ],
  [
    13,
    'B0201',
    '／整改 退回 ZG-2026-009 佐证照片看不清日期，请补',
    { intent: 'rectification', action: 'return', ref: 'ZG-2026-009', reason: '佐证照片看不清日期,请补', until: null },
  ],
  [
    14,
    'B0201',
    '述职报告啥时候交？',
    { intent: 'query', query: { what: 'duty', unit: null, period: null, report: 'R_REVIEW_BR' } },
  ],
  [
    15,
    'B0201',
    '/上报 半年总结 2026上半年支部工作总结.docx',
    {
      intent: 'report',
      period: '2026-H1',
      late: true,
      file: '2026上半年支部工作总结.docx',
      query: { what: null, unit: null, period: '2026-H1', report: 'R_SUM_HALF' },
    },
  ],
  [
    16,
    'B0201',
    '组织生活会计划12月18日上午9点，302会议室，民主评议一起搞',
    {
      intent: 'plan',
      kind: 'OLM',
      alsoCountsAs: ['DAM'],
      startAt: '2026-12-18T09:00',
      place: '302会议室',
      forYear: 2026,
      filled: { forYear: 'clock' },
      counts: false,
      ask: [],
    },
  ],
  [
    17,
    'B0303',
    '/民主评议 应到24实到22 优秀7合格14基本合格1不合格0',
    {
      intent: 'record',
      kind: 'DAM',
      expected: 24,
      present: 22,
      appraisal: { excellent: 7, qualified: 14, basic: 1, unqualified: 0 },
      ask: [],
    },
  ],
  [
    18,
    'B0201',
    '发展对象公示11月15日结束，没人提意见，下一步能走不',
    {
      intent: 'query',
      query: { what: 'next', unit: null, period: null, report: null },
      until: '2026-11-15',
      ask: [{ field: 'startAt', why: 'unclear', options: [] }],
    },
  ],
  [
    19,
    'B0201',
    '刚才那条实到写错了，应该是14不是41',
    { intent: 'correct', query: { set: { present: 14 }, was: { present: 41 } }, ask: [] },
  ],
  [
    20,
    'B0201',
    '/导出 2026年1-11月三会一课台账 xlsx',
    {
      intent: 'export',
      query: {
        what: null,
        unit: null,
        period: null,
        report: null,
        kinds: ['BGM', 'BCM', 'PGM', 'LEC'],
        from: '2026-01-01',
        to: '2026-11-24',
        format: 'xlsx',
      },
      filled: { 'query.to': 'clock' },
    },
  ],
  [
    21,
    'B0201',
    '／提交　支委会　１１月２０日　１５：００　应到５　实到４　缺１（产假）',
    {
      intent: 'record',
      kind: 'BCM',
      startAt: '2026-11-20T15:00',
      expected: 5,
      present: 4,
      absent: [{ name: null, reason: '产假' }],
      ask: [{ field: 'absent', why: 'unclear', options: [] }],
    },
  ],
  [
    22,
    'B0201',
    '/谈心 11月19日 与3名预备党员谈话',
    {
      intent: 'record',
      kind: 'HHT',
      startAt: '2026-11-19',
      present: 3,
      missing: ['person'],
      ask: [{ field: 'person', why: 'unclear', options: [] }],
    },
  ],
  [
    23,
    'B0201',
    '/抽查 2026年第4季度 总支 20%',
    {
      intent: 'draw',
      query: { what: null, unit: null, period: '2026-Q4', report: null, level: 'generalBranch', rate: 20 },
    },
  ],
  [24, 'B0201', '/最强 申报', { intent: 'declare' }],
  [25, 'B0201', '明天能不能不提醒了，12月再说', { intent: 'snooze', until: '2026-12-01', ask: [] }],
  [
    26,
    'B0201',
    '帮我看下谁没交党费',
    { intent: 'query', query: { what: 'unpaid', unit: null, period: null, report: null } },
  ],
];

describe('the utterances of domain §11.5', () => {
  it.each(rows)('%i (%s) %s', (_, unit, text, wanted) => {
    const items = itemsOf(text, unit);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject(wanted);
  });

  it('prints the line of contracts §4 exactly', () => {
    const text = '/记录 主题党日 11月20日下午3点 党史馆 学支部条例 应到14实到12 缺赵甲(出差) 钱乙(病假)';
    expect(JSON.stringify(parseUtterance(text, contextOf()))).toBe(
      `{"text":"${text}","items":[{"intent":"record","kind":"TPD","group":null,"startAt":"2026-11-20T15:00","endAt":null,"period":"2026-11","forYear":null,"late":false,"place":"党史馆","onlineUrl":null,"host":null,"recorder":null,"lecturer":null,"expected":14,"present":12,"listeners":null,"activists":null,"absent":[{"name":"赵甲","reason":"出差"},{"name":"钱乙","reason":"病假"}],"topics":["学支部条例"],"agenda":[],"summary":null,"votes":[],"appraisal":null,"studyTopics":[],"alsoCountsAs":[],"counts":true,"missing":["host","agenda","summary","attachments"],"ask":[],"filled":{},"action":null,"ref":null,"person":null,"reason":null,"until":null,"file":null,"query":null}]}`,
    );
  });
});

describe('an answer to a reminder', () => {
  const answer = (text: string, kind = 'TPD', period = '2026-11') =>
    parseUtterance(text, contextOf({ replyTo: replyTo(kind, period) })).items[0];

  it('takes the kind from what it answers and asks for the topic only', () => {
    expect(answer('20日下午3点 党史馆 全到')).toMatchObject({
      intent: 'record',
      kind: 'TPD',
      startAt: '2026-11-20T15:00',
      place: '党史馆',
      expected: 14,
      present: 14,
      filled: { expected: 'roster', present: 'roster' },
      counts: false,
      missing: ['host', 'topics', 'agenda', 'summary', 'attachments'],
    });
    expect(answer('20日下午3点 党史馆 全到 学条例')).toMatchObject({ counts: true });
  });
  it('reads a day in the month that was asked about', () => {
    expect(answer('20日下午3点 党史馆 全到', 'TPD', '2026-10')).toMatchObject({ startAt: '2026-10-20T15:00' });
  });
  it('lets words in the text win', () => {
    expect(answer('支委会 20日下午3点 行政楼306 全到 研究预算')).toMatchObject({
      kind: 'BCM',
      expected: 5,
      counts: true,
    });
  });
  it.each(['好的', '收到', '知道了', '本期不开，因为放假', '谢谢'])('takes %s for no record', (text) => {
    expect(answer(text)).toEqual(itemOf('none'));
  });
  it('takes a bare vote', () => {
    expect(answer('12-0-0', 'BGM', '2026-Q4')).toMatchObject({
      votes: [{ subject: null, yes: 12, no: 0, abstain: 0 }],
    });
  });
});

describe('several records in one message', () => {
  const text = '支委会 11月20日15:00 行政楼306 应到5实到5 研究预算；主题党日 11月21日9:00 党史馆 学党章 应到14实到14';
  it.each([text, text.replace('；', '\n'), `/记录 ${text}`])('gives one item each: %s', (line) => {
    expect(itemsOf(line).map(({ kind, counts }) => [kind, counts])).toEqual([
      ['BCM', true],
      ['TPD', true],
    ]);
  });
});
