import { describe, expect, it } from 'vitest';
import {
  compatible,
  type Item,
  normalise,
  parseDate,
  parsePeriod,
  parseTime,
  parseUtterance,
  type UtteranceContext,
  withoutMention,
} from '../../src/domain/utterance/index.ts';
import { contextOf } from './utterance-world.ts';

const only = (text: string, given: Parameters<typeof contextOf>[0] = {}): Item => {
  const { items } = parseUtterance(text, contextOf(given));
  const [item] = items;
  if (!item || items.length !== 1) throw new Error(`${items.length} items`);
  return item;
};
const now = (moment: string): Partial<UtteranceContext> => ({ now: moment });

describe('dates of records', () => {
  it.each<readonly [string, string, string | null]>([
    ['11月20日', '2026-11-24T10:00', '2026-11-20'],
    ['11月20号', '2026-11-24T10:00', '2026-11-20'],
    ['11月20', '2026-11-24T10:00', '2026-11-20'],
    ['11.20', '2026-11-24T10:00', '2026-11-20'],
    ['11/20', '2026-11-24T10:00', '2026-11-20'],
    ['11-20', '2026-11-24T10:00', '2026-11-20'],
    ['2026-11-20', '2026-11-24T10:00', '2026-11-20'],
    ['2026/11/20', '2026-11-24T10:00', '2026-11-20'],
    ['2026.11.20', '2026-11-24T10:00', '2026-11-20'],
    ['20261120', '2026-11-24T10:00', '2026-11-20'],
    ['2026年11月20日', '2026-11-24T10:00', '2026-11-20'],
    ['26年11月20日', '2026-11-24T10:00', '2026-11-20'],
    ['今年11月20日', '2026-11-24T10:00', '2026-11-20'],
    ['去年11月20日', '2026-11-24T10:00', '2025-11-20'],
    ['二〇二六年十一月二十日', '2026-11-24T10:00', '2026-11-20'],
    ['十一月二十日', '2026-11-24T10:00', '2026-11-20'],
    ['１１月２０日', '2026-11-24T10:00', '2026-11-20'],
    ['11月20日（周五）', '2026-11-24T10:00', '2026-11-20'],
    ['11月20日星期五', '2026-11-24T10:00', '2026-11-20'],
    ['今天', '2026-11-24T10:00', '2026-11-24'],
    ['昨天', '2026-11-24T10:00', '2026-11-23'],
    ['昨日', '2026-11-24T10:00', '2026-11-23'],
    ['前天', '2026-11-24T10:00', '2026-11-22'],
    ['大前天', '2026-11-24T10:00', '2026-11-21'],
    ['上周五', '2026-11-24T10:00', '2026-11-20'],
    ['上星期三', '2026-11-24T10:00', '2026-11-18'],
    ['上个星期天', '2026-11-24T10:00', '2026-11-22'],
    ['上上周五', '2026-11-24T10:00', '2026-11-13'],
    ['这周一', '2026-11-24T10:00', '2026-11-23'],
    ['本周二', '2026-11-24T10:00', '2026-11-24'],
    ['周五', '2026-11-24T10:00', '2026-11-20'],
    ['周二', '2026-11-24T10:00', '2026-11-24'],
    ['礼拜一', '2026-11-24T10:00', '2026-11-23'],
    ['20号', '2026-11-24T10:00', '2026-11-20'],
    ['二十号', '2026-11-24T10:00', '2026-11-20'],
    ['28号', '2026-11-24T10:00', '2026-10-28'],
    ['上个月28号', '2026-11-24T10:00', '2026-10-28'],
    ['本月3号', '2026-11-24T10:00', '2026-11-03'],
    ['上月底', '2026-11-24T10:00', '2026-10-31'],
    ['10月底', '2026-11-24T10:00', '2026-10-31'],
    ['12月28日', '2027-01-05T09:00', '2026-12-28'],
    ['28号', '2027-01-05T09:00', '2026-12-28'],
    ['昨天', '2027-01-01T09:00', '2026-12-31'],
    ['上周五', '2027-01-04T09:00', '2027-01-01'],
    ['周四', '2027-01-01T09:00', '2026-12-31'],
    ['前天', '2028-03-01T09:00', '2028-02-28'],
    ['昨天', '2028-03-01T09:00', '2028-02-29'],
    ['2月29日', '2028-03-05T09:00', '2028-02-29'],
    ['6月1日', '2026-11-24T10:00', '2026-06-01'],
    // Nothing certain: asked.
    ['2月30日', '2026-11-24T10:00', null],
    ['2月29日', '2026-11-24T10:00', null],
    ['13月1日', '2026-11-24T10:00', null],
    ['11月31日', '2026-11-24T10:00', null],
    ['2026-02-30', '2026-11-24T10:00', null],
    ['3月1日', '2026-11-24T10:00', null],
    ['12月18日', '2026-11-24T10:00', null],
    ['31号', '2026-12-05T10:00', null],
    ['11月20日周四', '2026-11-24T10:00', null],
    ['11月中旬', '2026-11-24T10:00', null],
    ['月初', '2026-11-24T10:00', null],
    ['上周', '2026-11-24T10:00', null],
    ['前几天', '2026-11-24T10:00', null],
    ['最近', '2026-11-24T10:00', null],
  ])('%s said at %s is %s', (said, moment, wanted) => {
    const item = only(`/记录 主题党日 ${said} 党史馆 学党章 应到14实到14`, now(moment));
    expect(item.startAt).toBe(wanted);
    expect(item.counts).toBe(wanted !== null);
    if (wanted === null) expect(item.ask.map(({ field }) => field)).toContain('startAt');
    expect(item).toMatchObject({ place: '党史馆', topics: ['学党章'], expected: 14, present: 14 });
  });

  it.each([
    ['明天', '2026-11-25'],
    ['后天', '2026-11-26'],
    ['本周五', '2026-11-27'],
    ['月底', '2026-11-30'],
    ['2026年12月1日', '2026-12-01'],
  ])('%s has not happened yet', (said, startAt) => {
    expect(only(`/记录 主题党日 ${said} 党史馆 学党章 全到`)).toMatchObject({
      intent: 'record',
      startAt,
      counts: false,
      ask: [{ field: 'startAt', why: 'range', options: [] }],
    });
  });
});

describe('dates of plans', () => {
  it.each([
    ['周五', '2026-11-27T15:00'],
    ['周二', '2026-11-24T15:00'],
    ['周一', '2026-11-30T15:00'],
    ['下周三', '2026-12-02T15:00'],
    ['明天', '2026-11-25T15:00'],
    ['28号', '2026-11-28T15:00'],
    ['3号', '2026-12-03T15:00'],
    ['1月8日', '2027-01-08T15:00'],
    ['12月18日', '2026-12-18T15:00'],
    ['12月底', '2026-12-31T15:00'],
  ])('%s is %s', (said, startAt) => {
    expect(only(`/计划 主题党日 ${said}下午3点 党史馆`)).toMatchObject({
      intent: 'plan',
      kind: 'TPD',
      startAt,
      ask: [],
    });
  });
  it.each(['明天下午3点开支委会', '下周三上午9点支委会', '支委会定于12月3日下午2点', '支委会计划12月3日14:00'])(
    '%s is a plan',
    (text) => {
      expect(only(text)).toMatchObject({ intent: 'plan', kind: 'BCM', counts: false, missing: ['place'] });
    },
  );
});

describe('times', () => {
  it.each<readonly [string, string | null, string | null]>([
    ['15:00', '15:00', null],
    ['15：30', '15:30', null],
    ['下午3点', '15:00', null],
    ['下午三点', '15:00', null],
    ['下午3点半', '15:30', null],
    ['下午两点半', '14:30', null],
    ['下午3点一刻', '15:15', null],
    ['下午三点三刻', '15:45', null],
    ['下午3点20', '15:20', null],
    ['下午3点20分', '15:20', null],
    ['下午三点二十', '15:20', null],
    ['15点30分', '15:30', null],
    ['15时', '15:00', null],
    ['下午15点', '15:00', null],
    ['上午9点', '09:00', null],
    ['早上8点', '08:00', null],
    ['9点', '09:00', null],
    ['中午12点', '12:00', null],
    ['下午12点半', '12:30', null],
    ['中午1点', '13:00', null],
    ['晚上7点', '19:00', null],
    ['晚7点半', '19:30', null],
    ['傍晚6点', '18:00', null],
    ['晚上十点', '22:00', null],
    ['15:00-16:30', '15:00', '16:30'],
    ['15:00—16:30', '15:00', '16:30'],
    ['15:00~16:30', '15:00', '16:30'],
    ['下午3点到4点半', '15:00', '16:30'],
    ['下午3点至5点', '15:00', '17:00'],
    ['上午9点到11点半', '09:00', '11:30'],
    ['上午10点到下午2点', '10:00', '14:00'],
    ['上午10点到1点', '10:00', '13:00'],
    // Nothing certain: the day stands, the time is asked.
    ['3点', null, null],
    ['3:00', null, null],
    ['上午3点', null, null],
    ['下午25点', null, null],
    ['15:70', null, null],
    ['晚上12点', null, null],
  ])('%s is %s to %s', (said, start, end) => {
    const item = only(`/记录 主题党日 11月20日${said} 党史馆 学党章 应到14实到14`);
    expect(item.startAt).toBe(start ? `2026-11-20T${start}` : '2026-11-20');
    expect(item.endAt).toBe(end ? `2026-11-20T${end}` : null);
    expect(item.counts).toBe(start !== null);
    expect(item).toMatchObject({ place: '党史馆', topics: ['学党章'], expected: 14, present: 14 });
  });
});

describe('who was there', () => {
  const absent = (...names: readonly (string | readonly [string | null, string | null])[]) =>
    names.map((one) =>
      typeof one === 'string' || one === null ? { name: one, reason: null } : { name: one[0], reason: one[1] },
    );
  it.each<readonly [string, Partial<Item>]>([
    ['应到14实到14', { expected: 14, present: 14, filled: {}, counts: true }],
    ['应到14人，实到14人', { expected: 14, present: 14, counts: true }],
    ['应到：14人；实到：14人', { expected: 14, present: 14, counts: true }],
    ['应到十四人实到十四人', { expected: 14, present: 14, counts: true }],
    ['应到党员14名，实到党员14名', { expected: 14, present: 14, counts: true }],
    ['应到会14人实到会14人', { expected: 14, present: 14, counts: true }],
    ['应到/实到：14/14', { expected: 14, present: 14, counts: true }],
    ['全到', { expected: 14, present: 14, filled: { expected: 'roster', present: 'roster' }, counts: true }],
    ['全员到齐', { expected: 14, present: 14, counts: true }],
    ['全体党员参加', { expected: 14, present: 14, counts: true }],
    ['都到了', { expected: 14, present: 14, counts: true }],
    ['应到14人 全到', { expected: 14, present: 14, filled: { present: 'text' }, counts: true }],
    ['应到14实到14无缺席', { expected: 14, present: 14, counts: true }],
    ['14人参加', { expected: 14, present: 14, filled: { expected: 'roster' }, counts: true }],
    ['参加14人', { expected: 14, present: 14, counts: true }],
    ['到会14人', { expected: 14, present: 14, counts: true }],
    ['应到14实到13 缺赵甲(出差)', { absent: absent(['赵甲', '出差']), counts: true }],
    ['应到14实到13 缺赵甲（出差）', { absent: absent(['赵甲', '出差']), counts: true }],
    ['应到14实到13，缺席：赵甲（因公出差）', { absent: absent(['赵甲', '因公出差']), counts: true }],
    ['应到14实到13 赵甲请假', { absent: absent('赵甲'), counts: true }],
    ['应到14实到13 赵甲病假', { absent: absent(['赵甲', '病假']), counts: true }],
    ['应到14实到13，赵甲因病请假', { absent: absent(['赵甲', '因病']), counts: true }],
    ['应到14实到12 缺赵甲、钱乙', { absent: absent('赵甲', '钱乙'), counts: true }],
    ['应到14实到12 缺赵甲(出差)，钱乙(病假)', { absent: absent(['赵甲', '出差'], ['钱乙', '病假']), counts: true }],
    ['应到14实到12（赵甲出差、钱乙病假）', { absent: absent(['赵甲', '出差'], ['钱乙', '病假']), counts: true }],
    ['应到14实到12，请假2人：赵甲、钱乙', { absent: absent('赵甲', '钱乙'), counts: true }],
    [
      '应到14实到12 请假2人（赵甲出差、钱乙病假）',
      { absent: absent(['赵甲', '出差'], ['钱乙', '病假']), counts: true },
    ],
    ['应到14实到12 缺2人：赵甲(出差) 钱乙(病假)', { absent: absent(['赵甲', '出差'], ['钱乙', '病假']), counts: true }],
    ['应到14 缺赵甲(出差) 钱乙(病假)', { present: 12, filled: { present: 'text' }, counts: true }],
    ['实到12缺2人（赵甲出差、钱乙病假）', { expected: 14, filled: { expected: 'text' }, counts: true }],
    ['除赵甲(出差)外全到', { expected: 14, present: 13, absent: absent(['赵甲', '出差']), counts: true }],
    ['全到，除了赵甲（出差）', { expected: 14, present: 13, absent: absent(['赵甲', '出差']), counts: true }],
    ['除了赵甲、钱乙都到了', { expected: 14, present: 12, absent: absent('赵甲', '钱乙'), counts: true }],
    // Asked rather than guessed.
    ['应到14实到12', { counts: false, missing: ['host', 'absent', 'agenda', 'summary', 'attachments'] }],
    ['应到14实到12 缺赵甲(出差)', { counts: false, ask: [{ field: 'absent', why: 'mismatch', options: [] }] }],
    ['应到14实到15', { counts: false, ask: [{ field: 'present', why: 'range', options: [] }] }],
    ['应到14实到13 缺1人(产假)', { absent: absent([null, '产假']), counts: false }],
    ['应到14实到12 缺2人', { absent: absent([null, null], [null, null]), counts: false }],
    ['应到14实到12 实到13', { counts: false, ask: [{ field: 'present', why: 'mismatch', options: ['12', '13'] }] }],
    ['应到41实到41', { counts: false, ask: [{ field: 'expected', why: 'mismatch', options: ['41', '14'] }] }],
    ['缺赵甲(出差)', { expected: null, present: null, counts: false }],
    ['12人参加', { expected: 14, counts: false, ask: [{ field: 'expected', why: 'mismatch', options: ['14'] }] }],
    ['', { expected: null, present: null, counts: false }],
  ])('%s', (said, wanted) => {
    const item = only(`/记录 主题党日 11月20日下午3点 党史馆 学党章 ${said}`);
    expect(item).toMatchObject({ topics: ['学党章'], place: '党史馆', ...wanted });
  });
  it('asks which is meant when 应到 is only the full members', () => {
    expect(only('/党员大会 昨天下午3点 礼堂 应到18实到18 议题：选举', { at: 'B0104' }).ask).toEqual([
      { field: 'expected', why: 'mismatch', options: ['18', '19'] },
    ]);
  });
});

describe('where and who', () => {
  it.each([
    '行政楼306',
    '302会议室',
    '党史馆',
    '阶梯教室2',
    '教室201',
    '报告厅',
    '大礼堂',
    '学校操场',
    '中心广场',
    '腾讯会议',
    '线上',
    '行政楼三楼会议室',
    '学生活动中心',
    '机电楼205教室',
    '图书馆',
    '党员之家',
    '烈士陵园',
    '1号楼201室',
  ])('knows %s for a place', (place) => {
    expect(only(`/记录 主题党日 11月20日下午3点 ${place} 学党章 全到`)).toMatchObject({ place, counts: true, ask: [] });
    expect(only(`主题党日 昨天15:00在${place}，学党章，全到`)).toMatchObject({ place });
  });
  it.each([
    ['地点：老校区东门 学党章', { place: '老校区东门' }],
    ['老地方 学党章', { place: null, ask: [{ field: 'place', why: 'unclear', options: ['老地方'] }] }],
    ['参观党史馆', { place: null, ask: [{ field: 'place', why: 'unclear', options: ['党史馆'] }] }],
    ['https://meeting.example.org/j/1 学党章', { place: null, onlineUrl: 'https://meeting.example.org/j/1' }],
  ])('%s', (said, wanted) => {
    expect(only(`/记录 主题党日 11月20日下午3点 ${said} 全到`)).toMatchObject(wanted);
  });
  it.each([
    ['主持人赵甲 记录人钱乙', '赵甲', '钱乙'],
    ['主持人：赵甲，记录人：钱乙', '赵甲', '钱乙'],
    ['主持：赵甲 记录：钱乙', '赵甲', '钱乙'],
    ['赵甲主持，钱乙记录', '赵甲', '钱乙'],
    ['由书记王辛主持，组织委员钱乙做记录', '王辛', '钱乙'],
    ['主持人赵甲记录人钱乙', '赵甲', '钱乙'],
    ['主持人王辛同志，记录人巴特尔', '王辛', '巴特尔'],
    ['主持人阿拉坦其其格 记录人乌兰·图雅', '阿拉坦其其格', '乌兰·图雅'],
    ['我主持 钱乙记录', '王辛', '钱乙'],
    ['书记主持', null, null],
  ])('%s', (said, host, recorder) => {
    expect(only(`/支委会 11月20日下午3点 行政楼306 ${said} 应到5实到5 研究预算`)).toMatchObject({
      host,
      recorder,
      counts: true,
      topics: ['研究预算'],
    });
  });
});

describe('kinds, slips and topics', () => {
  it.each([
    ['/记录 主题当日', 'TPD'],
    ['/主题当日', 'TPD'],
    ['主提党日', 'TPD'],
    ['主题日党', 'TPD'],
    ['主题党曰', 'TPD'],
    ['支委回', 'BCM'],
    ['支委汇', 'BCM'],
    ['支部委员会', 'BCM'],
    ['党员大回', 'BGM'],
    ['支部党员大会', 'BGM'],
    ['支部大会', 'BGM'],
    ['／记录　主题党日', 'TPD'],
    ['记录 主题党日', 'TPD'],
    ['/党日', 'TPD'],
    ['/补录 党课', 'LEC'],
    ['@支部助手 /提交 党课', 'LEC'],
    ['@支部助手 微党课', 'LEC'],
    ['组织生活会', 'OLM'],
    ['民主评议', 'DAM'],
  ])('%s is %s', (said, kind) => {
    expect(only(`${said} 11月20日下午3点 党史馆 学党章 应到14实到14`)).toMatchObject({
      intent: 'record',
      kind,
      present: 14,
    });
  });
  it('offers what an unsure slip may have meant', () => {
    const [ask] = only('/记录 支部会 11月20日下午3点 党史馆 学党章 应到14实到14').ask;
    expect(ask).toEqual({ field: 'kind', why: 'unclear', options: ['党员大会', '支委会'] });
  });
  it('asks for the kind when none is said', () => {
    expect(only('/记录 11月20日下午3点 党史馆 学党章').ask[0]).toMatchObject({ field: 'kind', why: 'unclear' });
  });
  it.each<readonly [string, readonly string[]]>([
    ['议题：1.研究预算 2.讨论方案', ['研究预算', '讨论方案']],
    ['议题：①研究预算；②讨论方案', ['研究预算', '讨论方案']],
    ['议题：一、研究预算；二、讨论方案', ['研究预算', '讨论方案']],
    ['1、研究预算 2、讨论方案', ['研究预算', '讨论方案']],
    ['研究预算+讨论方案', ['研究预算', '讨论方案']],
    ['研究预算，讨论方案', ['研究预算', '讨论方案']],
    ['题目《条例解读》', ['条例解读']],
    ['学习《支部工作条例》', ['学习《支部工作条例》']],
    ['主题：学党章', ['学党章']],
    ['研究12月主题党日方案', ['研究12月主题党日方案']],
    ['传达11月18日会议精神', ['传达11月18日会议精神']],
    ['重温入党誓词', ['重温入党誓词']],
  ])('%s gives %j', (said, topics) => {
    expect(only(`/支委会 11月20日下午3点 行政楼306 ${said} 应到5实到5`)).toMatchObject({
      topics,
      startAt: '2026-11-20T15:00',
      counts: true,
      ask: [],
    });
  });
  it('asks about words it cannot place', () => {
    expect(only('/支委会 11月20日下午3点 行政楼306 应到5实到5 研究预算 嘻嘻哈哈').ask).toEqual([
      { field: 'topics', why: 'unclear', options: ['嘻嘻哈哈'] },
    ]);
  });
  it.each([
    ['赞成13票反对0票弃权1票', 13, 0, 1],
    ['同意13票，反对1票，弃权0票', 13, 1, 0],
    ['赞成：13 反对：0 弃权：1', 13, 0, 1],
    ['13票赞成、1票反对、无人弃权', 13, 1, 0],
    ['13-1-0', 13, 1, 0],
    ['赞成13票', 13, null, null],
  ])('%s', (said, yes, no, abstain) => {
    expect(only(`/党员大会 11月20日下午3点 礼堂 应到14实到14 通过接收吴己为预备党员 ${said}`)).toMatchObject({
      votes: [{ subject: '接收吴己', yes, no, abstain }],
      counts: true,
    });
  });
});

describe('whole reports', () => {
  it.each<readonly [string, Partial<Item>]>([
    [
      '11月20日下午3点，我支部在党史馆召开主题党日活动，由支部书记王辛主持，应到党员14人，实到12人，赵甲、钱乙因公出差请假，会议传达学习了支部工作条例',
      {
        kind: 'TPD',
        place: '党史馆',
        host: '王辛',
        present: 12,
        topics: ['传达学习了支部工作条例'],
        counts: true,
        ask: [],
      },
    ],
    [
      '机电系教工第一党支部于2026年11月20日15:00在行政楼306召开支委会，会议由王辛主持，5人参加，研究了发展对象人选',
      { kind: 'BCM', place: '行政楼306', host: '王辛', expected: 5, present: 5, counts: true, ask: [] },
    ],
    [
      '今天上午开了支委会，都到了，讨论了年底述职的事',
      { kind: 'BCM', startAt: '2026-11-24', present: 5, counts: true, ask: [] },
    ],
    [
      '上周三下午主题党日，看红色电影，14个人都到了',
      { kind: 'TPD', startAt: '2026-11-18', present: 14, counts: true, ask: [] },
    ],
    [
      '时间：2026年11月20日15时\n地点：党史馆\n主持人：王辛\n记录人：钱乙\n应到：14人\n实到：13人\n缺席：赵甲（出差）\n主题党日\n议题：\n1. 学支部条例\n2. 讨论计划\n内容：大家发言。',
      {
        topics: ['学支部条例', '讨论计划'],
        summary: '大家发言。',
        present: 13,
        counts: true,
        missing: ['agenda', 'attachments'],
      },
    ],
    [
      '主题党日 20日下午三点 在党史馆 除了赵甲出差都到了 学的支部条例',
      { absent: [{ name: '赵甲', reason: '出差' }], present: 13, counts: true, ask: [] },
    ],
    [
      '/记录 主题党日 11月20日下午3点 党史馆 学支部条例 应到14实到12 赵甲(出差)和钱乙(病假)没来',
      {
        absent: [
          { name: '赵甲', reason: '出差' },
          { name: '钱乙', reason: '病假' },
        ],
        counts: true,
        ask: [],
      },
    ],
    [
      '主题党日、党课一起开的 11月20日下午3点 党史馆 学党章 全到',
      { kind: 'TPD', alsoCountsAs: ['LEC'], counts: true, ask: [] },
    ],
    [
      '/党员大会 11月20日15:00 礼堂 有表决权应到13实到13 应到14实到14 选举委员',
      { expected: 14, present: 14, counts: true },
    ],
    [
      '/记录主题党日11月20日下午3点党史馆学支部条例应到14实到14',
      { kind: 'TPD', place: '党史馆', topics: ['学支部条例'], counts: true },
    ],
    [
      '/记录 主题党日 11月20日 党史馆 学党章 14人',
      { present: null, ask: [{ field: 'present', why: 'unclear', options: ['14'] }] },
    ],
    ['支委会改到明天下午3点', { intent: 'plan', kind: 'BCM', startAt: '2026-11-25T15:00' }],
    ['党课怎么记', { intent: 'help' }],
  ])('%s', (text, wanted) => {
    expect(only(text)).toMatchObject(wanted);
  });
});

describe('the smaller readers', () => {
  it('find a date, a time and a period in a text', () => {
    const dates = { today: '2026-11-24', tense: 'past', month: null } as const;
    expect(parseDate('就在上周五吧', dates)).toMatchObject({ index: 2, length: 3, reading: { date: '2026-11-20' } });
    expect(parseDate('没有', dates)).toBeNull();
    expect(parseTime('大约下午3点半')).toMatchObject({ index: 2, reading: { start: '15:30' } });
    expect(
      ['上个月', '三季度', '2026上半年', '今年', '1月', '无'].map((text) => parsePeriod(text, '2026-11-24')),
    ).toEqual(['2026-10', '2026-Q3', '2026-H1', '2026', '2026-01', null]);
    expect([compatible('／１'), withoutMention(normalise('@支部助手　①学')), normalise('【a】')]).toEqual([
      '/1',
      '1.学',
      '(a)',
    ]);
  });
});

describe('everything else', () => {
  it.each<readonly [string, Partial<Item>]>([
    ['/帮助', { intent: 'help' }],
    ['帮助', { intent: 'help' }],
    ['怎么用？', { intent: 'help' }],
    ['/help', { intent: 'help' }],
    ['/绑定 机电系教工第一党支部', { intent: 'bind', ask: [] }],
    ['/绑定 B0203', { intent: 'bind', ask: [] }],
    ['/绑定', { intent: 'bind', ask: [{ field: 'unit', why: 'unclear', options: [] }] }],
    ['/待办', { intent: 'query' }],
    ['我还欠什么', { intent: 'query' }],
    ['这个月还有什么没做', { intent: 'query' }],
    ['主题党日开了吗？', { intent: 'query', kind: 'TPD' }],
    ['支委会什么时候截止', { intent: 'query', kind: 'BCM' }],
    ['谁还没交', { intent: 'query' }],
    ['/状态 外语系学生党支部', { intent: 'query', ask: [{ field: 'unit', why: 'unclear', options: [] }] }],
    ['撤销', { intent: 'undo' }],
    ['/撤销', { intent: 'undo' }],
    ['撤回刚才那条', { intent: 'undo' }],
    [
      '地点应该是图书馆不是党史馆',
      { intent: 'correct', query: { set: { place: '图书馆' }, was: { place: '党史馆' } } },
    ],
    ['主持人改成钱乙', { intent: 'correct', query: { set: { host: '钱乙' }, was: {} } }],
    ['应到不是13，是14', { intent: 'correct', query: { set: { expected: 14 }, was: { expected: 13 } } }],
    ['实到从12改为13', { intent: 'correct', query: { set: { present: 13 }, was: { present: 12 } } }],
    ['写错了', { intent: 'correct', ask: [{ field: 'field', why: 'unclear', options: [] }] }],
    ['先别提醒了，下周一再说', { intent: 'snooze', until: '2026-11-30' }],
    ['推迟3天提醒', { intent: 'snooze', until: '2026-11-27' }],
    ['别提醒了', { intent: 'snooze', until: null, ask: [{ field: 'until', why: 'unclear', options: [] }] }],
    ['/整改', { intent: 'rectification', action: null }],
    ['/整改 认领 ZG-2026-014', { intent: 'rectification', action: 'claim', missing: ['person', 'until'] }],
    ['/整改 认领 ZG-2026-014 责任人王辛 2月30日前', { ask: [{ field: 'until', why: 'unclear', options: [] }] }],
    ['/上报 述职报告', { intent: 'report', missing: ['file'] }],
    ['/导出 三季度 主题党日 台账', { intent: 'export' }],
    ['/抽查 20%', { intent: 'draw', ask: [{ field: 'level', why: 'unclear', options: ['总支', '支部'] }] }],
    ['今天天气不错', { intent: 'none' }],
    ['好的', { intent: 'none' }],
    ['收到，谢谢', { intent: 'none' }],
    ['大家周五记得带党徽', { intent: 'none' }],
    ['', { intent: 'none' }],
    ['/', { intent: 'none' }],
    ['。。。', { intent: 'none' }],
    ['主题党日', { intent: 'none' }],
  ])('%s', (text, wanted) => {
    expect(only(text)).toMatchObject(wanted);
  });
});
