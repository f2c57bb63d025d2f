import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLocalDate } from '../../src/domain/time/local.ts';
import { type Item, itemOf, numberOf, parseUtterance } from '../../src/domain/utterance/index.ts';
import { contextOf, replyTo } from './utterance-world.ts';

const keys = Object.keys(itemOf('none'));
const isMoment = (value: string): boolean =>
  isLocalDate(value.slice(0, 10)) && (value.length === 10 || /^T([01]\d|2[0-3]):[0-5]\d$/.test(value.slice(10)));

/** Holds for whatever is typed: every key, real dates, and nothing invented when there is nothing to read. */
const isSound = (item: Item): void => {
  expect(Object.keys(item)).toEqual(keys);
  for (const moment of [item.startAt, item.endAt, item.until]) if (moment !== null) expect(isMoment(moment)).toBe(true);
  for (const count of [item.expected, item.present, item.listeners, item.activists])
    if (count !== null) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
  if (item.counts)
    expect([item.kind === null, item.startAt === null, item.topics.includes('')]).toEqual([false, false, false]);
};

const fragments = [
  '/记录',
  '/提交',
  '主题党日',
  '支委会',
  '主题当日',
  '支委回',
  '党课',
  '11月20日',
  '2月30日',
  '11.20',
  '上周五',
  '昨天',
  '28号',
  '下午3点',
  '3点',
  '15:00-16:30',
  '晚上12点',
  '党史馆',
  '行政楼306',
  '腾讯会议',
  '学支部条例',
  '参观党史馆',
  '应到14',
  '实到12',
  '全到',
  '全到除了',
  '缺赵甲(出差)',
  '缺1（产假）',
  '请假2人（李丁出差、周戊病假）',
  '主持人赵甲',
  '组长郑庚主持',
  '议题：1.研究预算 2.讨论方案',
  '赞成15票',
  '12-0-0',
  '优秀7合格14基本合格1不合格0',
  '第二小组',
  'ZG-2026-014',
  '认领',
  '延到12月底',
  '写错了',
  '应该是14不是41',
  '计划',
  '三季度',
  '？',
  '，',
  '。',
  '；',
  '\n',
  ' ',
  '（',
  '）',
  '《',
  '》',
  '@支部助手 ',
  '照片稍后发',
  '\u200b',
  '\ud83d',
];
const mixed = fc.array(fc.constantFrom(...fragments), { maxLength: 14 }).map((parts) => parts.join(''));
const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), mixed, fc.string({ maxLength: 60 }));

describe('whatever is typed', () => {
  it('is read without a fault', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), (text, replied) => {
        const context = contextOf(replied ? { replyTo: replyTo('TPD', '2026-11') } : {});
        parseUtterance(text, context).items.forEach(isSound);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives no date or number that the text has not', () => {
    const wordless = fc.string({
      unit: fc.constantFrom(...'主题党员大会支委课学习条例研究讨论参观馆室，。（）缺赵甲钱乙'),
    });
    fc.assert(
      fc.property(wordless, (text) => {
        for (const item of parseUtterance(`/记录 ${text}`, contextOf()).items)
          expect([item.startAt, item.endAt, item.until, item.expected, item.present]).toEqual([
            null,
            null,
            null,
            null,
            null,
          ]);
      }),
    );
  });

  it('is read in bounded time', () => {
    const long = fc.constantFrom(...fragments, ...'1一馆赵学缺(、').map((one) => one.repeat(1000));
    fc.assert(
      fc.property(long, (text) => {
        parseUtterance(text, contextOf()).items.forEach(isSound);
      }),
      { numRuns: 60, interruptAfterTimeLimit: 30_000 },
    );
  });
});

const held = fc.record({
  kind: fc.constantFrom(['TPD', '主题党日'] as const, ['BGM', '党员大会'] as const),
  day: fc.integer({ min: 1, max: 23 }),
  hour: fc.integer({ min: 7, max: 22 }),
  minute: fc.integer({ min: 0, max: 59 }),
  place: fc.constantFrom('党史馆', '行政楼306', '302会议室', '阶梯教室2', '线上'),
  host: fc.constantFrom(null, '王辛', '赵甲'),
  recorder: fc.constantFrom(null, '钱乙'),
  absent: fc.uniqueArray(fc.constantFrom('孙丙', '李丁', '周戊', '吴己'), { maxLength: 3 }),
  topics: fc.uniqueArray(fc.constantFrom('学支部条例', '讨论年度计划', '研究预算'), { minLength: 1 }),
});
const two = (value: number): string => String(value).padStart(2, '0');

describe('a record in its canonical form', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(held, ({ kind, day, hour, minute, place, host, recorder, absent, topics }) => {
        const startAt = `2026-11-${two(day)}T${two(hour)}:${two(minute)}`;
        const present = 14 - absent.length;
        const line = [
          `/记录 ${kind[1]} 11月${day}日${hour}:${two(minute)} ${place}`,
          ...(host ? [`主持人${host}`] : []),
          ...(recorder ? [`记录人${recorder}`] : []),
          `应到14实到${present}`,
          ...(absent.length > 0 ? [`缺${absent.map((name) => `${name}(出差)`).join(' ')}`] : []),
          `议题：${topics.map((topic, index) => `${index + 1}.${topic}`).join(' ')}`,
        ].join(' ');
        expect(parseUtterance(line, contextOf()).items).toMatchObject([
          {
            intent: 'record',
            kind: kind[0],
            startAt,
            place,
            host,
            recorder,
            expected: 14,
            present,
            topics,
            absent: absent.map((name) => ({ name, reason: '出差' })),
            counts: true,
            ask: [],
            filled: {},
          },
        ]);
      }),
    );
  });

  it('keeps every Chinese numeral', () => {
    const digits = '零一二三四五六七八九';
    const say = (value: number): string => {
      const [tens, units] = [Math.floor(value / 10), value % 10];
      const head = tens === 0 ? '' : `${tens === 1 ? '' : digits.charAt(tens)}十`;
      return `${head}${units === 0 && tens > 0 ? '' : digits.charAt(units)}`;
    };
    for (let value = 0; value < 100; value += 1) expect(numberOf(say(value))).toBe(value);
    expect(['两', '一百零五', '二百', '二〇二六', '十', '人'].map(numberOf)).toEqual([2, 105, 200, 2026, 10, null]);
  });
});
