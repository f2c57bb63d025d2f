import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../src/calendar/index.ts';
import type { CardKind } from '../../src/cards/card.ts';
import { noticeCard } from '../../src/cards/notice.ts';
import { draftCard, recordedCard, withdrawnCard } from '../../src/cards/record.ts';
import * as refusalCards from '../../src/cards/refusal.ts';
import { type ReminderLine, reminderCard } from '../../src/cards/reminder.ts';
import { escape } from '../../src/cards/text.ts';
import type { Card } from '../../src/domain/duty/index.ts';
import { emptyFields, fieldLabels, type RecordFields } from '../../src/domain/record/fields.ts';
import { kinds } from '../../src/domain/record/kinds.ts';
import type { Ask } from '../../src/domain/record/record.ts';
import type { DutyRow } from '../../src/domain/rows.ts';
import { loadPack } from '../../src/policies/index.ts';
import { bodyLines, checkCard, checkInert, having, headerOf, hostile, markdowns, recordRow } from './check.ts';

const calendar = loadCalendar({ holidaysDir: 'holidays' });
const loaded = loadPack('policies/wuhua-xietong-2020.yaml');
if (!loaded.ok) throw new Error('the policies do not load');
const { policies } = loaded.pack;
const zone = 'Asia/Shanghai';
const now = new Date('2026-11-24T10:00:00+08:00');
const today = '2026-11-24';
const periods = ['2026-11', '2026-Q4', '2026-H2', '2026', '2025-12'];
const fieldNames = Object.keys(fieldLabels);
const nasty = hostile.join(' ');

const duty = (unit: string, period = '2026-11', deadline = '2026-11-30', kind = 'TPD'): DutyRow => ({
  _id: `${kind}/${unit}/${period}`,
  cause: 'x',
  revision: 0,
  unit,
  policy: policies[0]?.id ?? '',
  kind,
  period,
  deadline,
  nextAt: null,
  met: null,
  skipped: [],
  waiver: null,
});
const line = (card: Card, index = 0, facts: Partial<ReminderLine> = {}): ReminderLine => {
  const policy = policies[index % policies.length];
  if (!policy) throw new Error('there are no policies');
  return { duty: duty(`B${index}`), card, policy, unitName: `机电系学生第${index}党支部`, ...facts };
};
const remind = (lines: readonly ReminderLine[], to: 'chat' | 'person' = 'chat') =>
  reminderCard({ lines, to, today, calendar });

describe('the card of a record', () => {
  const card = (facts = {}) => recordedCard(recordRow(facts), zone, now, policies[0]?.basis);
  it('keeps the limits for every kind and period', () => {
    for (const { code } of kinds)
      for (const period of periods)
        expect(headerOf(checkCard(card({ kind: code, period, late: true, missing: fieldNames })))).toMatchObject({
          tag: '已记录',
          title: expect.stringMatching(/已记下$/),
        });
  });
  it('shows what was understood, for people to check', () => {
    const lines = bodyLines(checkCard(card({ missing: ['host', 'attachments'] }))).join('\n');
    for (const part of [
      '11月20日（周五）15:00 · 党史馆',
      '学支部条例',
      '应到14 · 实到12 · 缺：赵甲（出差）',
      '已计入11月',
      '主持人、照片',
    ])
      expect(lines).toContain(part);
  });
  it('keeps them however much people write, and nothing of it has an effect', () => {
    const absent = Array.from({ length: 300 }, () => ({ name: nasty, reason: nasty }));
    checkInert(checkCard(card({ place: nasty.repeat(200), topics: Array(200).fill(nasty), absent })));
    checkInert(checkCard(card({ place: nasty, topics: hostile, absent: [{ name: null, reason: null }] })));
  });
});

describe('the card of a draft', () => {
  const card = (fields: Partial<RecordFields>, wanted: readonly string[], asks: readonly Ask[] = []) =>
    draftCard({ id: 'ev_1/draft/0', revision: 0, fields: { ...emptyFields, ...fields }, asks, wanted }, today);
  it('keeps the limits for every kind, whatever is asked', () => {
    for (const { code } of kinds)
      for (const count of [1, 3, 8]) checkCard(card({ kind: code }, fieldNames.slice(0, count)));
    fc.assert(
      fc.property(
        fc.subarray(fieldNames),
        fc.array(fc.constantFrom(...fieldNames), { maxLength: 8 }),
        fc.array(fc.constantFrom(...hostile), { maxLength: 4 }),
        (wanted, asked, options) => {
          const asks = [...new Set(asked)].map((field): Ask => ({ field, why: 'unclear', options }));
          const fields = {
            kind: 'TPD',
            startAt: '2026-11-20T15:00',
            place: nasty,
            topics: hostile,
            expected: 14,
          } as const;
          const made = checkCard(card(fields, [...new Set([...wanted, ...asks.map((ask) => ask.field)])], asks));
          checkInert(made);
          expect(headerOf(made).tag).toBe('待补充');
          expect(having(made, 'form')).toHaveLength(1);
        },
      ),
      { numRuns: 100 },
    );
  });
  it('asks for what is missing and shows what is there', () => {
    const made = checkCard(card({ kind: 'TPD', startAt: '2026-11-20T15:00' }, ['place', 'present']));
    expect(bodyLines(made).join('\n')).toContain('11月20日（周五）15:00');
    expect(bodyLines(made).join('\n')).toContain('还差：**地点、实到**');
    expect(having(made, 'input').map((node) => node.name)).toEqual(['place', 'present', 'absent']);
  });
});

describe('the card of a morning', () => {
  it.each([
    ['duty', '提醒'],
    ['overdue', '逾期'],
    ['escalation', '升级'],
  ] as const)('keeps the limits for any number of lines: %s', (kind, tag) => {
    for (const count of [1, 2, 5, 6, 60, 400])
      for (const to of ['chat', 'person'] as const) {
        const lines = Array.from({ length: count }, (_, index) => line(kind, index));
        expect(headerOf(checkCard(remind(lines, to))).tag).toBe(tag);
      }
    for (const period of periods)
      for (const policy of policies)
        for (const deadline of ['2026-11-30', '2026-11-24', '2026-11-02', '2027-02-28'])
          checkCard(remind([line(kind, 0, { policy, duty: duty('B0201', period, deadline) })]));
  });
  it('puts the worst first and folds what is more than five', () => {
    const lines = [
      line('duty', 1),
      line('escalation', 2),
      line('overdue', 3),
      ...Array.from({ length: 4 }, () => line('duty')),
    ];
    const made = checkCard(remind(lines));
    expect(bodyLines(made)[0]).toContain('第2党支部');
    expect(having(made, 'collapsible_panel')).toHaveLength(1);
    expect(markdowns(made)).toHaveLength(9);
  });
  it('leaves the name of a unit without effect', () => {
    for (const unitName of hostile) checkInert(checkCard(remind([line('escalation', 0, { unitName })])));
  });
});

describe('the short answers', () => {
  const { refusals, unknownWordCard } = refusalCards;
  const cards = [
    refusals.recorder(nasty),
    refusals.recorder(null),
    refusals.administrator(),
    refusals.member(),
    refusalCards.unboundCard(),
    refusalCards.lostCard(),
    refusalCards.deadLetterCard(),
    refusalCards.filesLaterCard(),
    ...hostile.map((word) => unknownWordCard(word, ['记录', '帮助'], true)),
    unknownWordCard('长'.repeat(50_000), [], false),
    withdrawnCard(recordRow()),
  ];
  it('keep the limits, grey, without effect of what people wrote', () => {
    for (const spec of cards) {
      const made = checkCard(spec);
      checkInert(made);
      expect(headerOf(made).tag).toBe('提示');
    }
  });
});

describe('every kind of card', () => {
  const tags: readonly (readonly [CardKind, string])[] = [
    ...([
      ['duty', '提醒'],
      ['overdue', '逾期'],
      ['escalation', '升级'],
      ['digest', '汇总'],
    ] as const),
    ...([
      ['recorded', '已记录'],
      ['incomplete', '待补充'],
      ['review', '待审核'],
      ['returned', '已退回'],
    ] as const),
    ...([
      ['meeting', '会议'],
      ['help', '帮助'],
      ['notice', '提示'],
    ] as const),
  ];
  it.each(tags)('%s says %s', (kind, tag) => {
    expect(headerOf(checkCard({ ...noticeCard('标题', '一行'), kind })).tag).toBe(tag);
  });
});

describe('people’s words', () => {
  it('are inert after escaping, and say the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', '\r\n', ' ', '<', '*')) }),
        (text) => {
          const inert = escape(text);
          expect(inert.replace(/&#\d+;/g, '')).not.toMatch(/[&<>*_~[\]`$|\\!#]/);
          expect(inert.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))).toBe(
            text.replace(/\s*[\r\n\u2028\u2029]\s*/g, ' '),
          );
          expect(inert).not.toMatch(/[\r\n]/);
        },
      ),
    );
  });
  it('are never cut inside an escaped character', () => {
    for (let length = 590; length <= 602; length += 1) {
      const made = checkCard(noticeCard('标题', `${'长'.repeat(length)}${escape('<<<<<<😀😀😀')}`));
      expect(markdowns(made)[0]).toMatch(/^长+(?:&#\d+;)*(?:😀)*…?$/u);
    }
  });
});
