import { fieldLabels, type RecordFields } from '../domain/record/fields.ts';
import { kindOf } from '../domain/record/kinds.ts';
import type { Ask } from '../domain/record/record.ts';
import type { RecordRow } from '../domain/rows.ts';
import { type LocalDate, localDate, localDateTime } from '../domain/time/local.ts';
import type { CardSpec, Field } from './card.ts';
import { escape, momentText, periodText, titleText } from './text.ts';

const absentText = (absent: RecordRow['absent']): string =>
  absent
    .map(({ name, reason }) => `${escape(name ?? '【请补：姓名】')}${reason ? `（${escape(reason)}）` : ''}`)
    .join('、');

type Shown = {
  readonly moment: string | null;
  readonly place: string | null;
  readonly topics: readonly string[];
  readonly expected: number | null;
  readonly present: number | null;
  readonly absent: RecordRow['absent'];
};

/** What was understood, for people to check: one line of when and where, one of what, one of who. */
const shown = ({ moment, place, topics, expected, present, absent }: Shown): string[] =>
  [
    [moment, place && escape(place)].filter(Boolean).join(' · '),
    topics.map(escape).join('；'),
    [
      expected === null ? null : `应到${expected}`,
      present === null ? null : `实到${present}`,
      absent.length > 0 ? `缺：${absentText(absent)}` : null,
    ]
      .filter(Boolean)
      .join(' · '),
  ].filter((line) => line !== '');

const labels = (fields: readonly string[]): string => fields.map(labelOf).join('、');

const nameOf = (kind: string): string => kindOf(kind)?.name ?? kind;

/** 11月主题党日已记下: what was stored, that it counts, what the review still needs. */
export const recordedCard = (record: RecordRow, zone: string, now: Date, basis: string | undefined): CardSpec => {
  const today: LocalDate = localDate(now, zone);
  const fromRoster = record.filled.expected === 'roster' ? '（应到按花名册）' : '';
  return {
    kind: 'recorded',
    title: titleText(record.period, nameOf(record.kind), '已记下'),
    lines: [
      ...shown({ ...record, moment: momentText(localDateTime(record.startAt, zone), today) }),
      `**已计入${periodText(record.period)}**，未审核${record.late ? ' · 补录' : ''}${fromRoster}`,
      ...(record.missing.length > 0 ? [`审核前还要：${labels(record.missing)}。文字直接回复本条补上就行。`] : []),
      '记错了可以在十分钟内回复“撤销”。',
    ],
    ...(basis ? { basis } : {}),
  };
};

const labelsByName: Readonly<Record<string, string>> = fieldLabels;
const labelOf = (field: string): string => labelsByName[field] ?? field;

const questions: Readonly<Record<Ask['why'], string>> = {
  unclear: '没看懂，请再写一次',
  mismatch: '对不上，请核对',
  range: '不在合理范围，请核对',
};

/** One option is a guess to be confirmed, several are a choice. */
const askText = ({ field, why, options }: Ask): string => {
  if (options.length === 1) return `${labelOf(field)}是**${options.map(escape)}**吗？`;
  if (options.length > 1) return `${labelOf(field)}是哪一个：${options.map(escape).join('、')}？`;
  return `${labelOf(field)}${questions[why]}。`;
};

const hints: Partial<Readonly<Record<string, string>>> = {
  place: '党史馆',
  expected: '14',
  present: '12',
  absent: '赵甲(出差)、钱乙(病假)',
  topics: '学支部条例；讨论年度计划',
  group: '第一小组',
  kind: '主题党日',
  votes: '12-0-0（赞成-反对-弃权）',
};

const fieldOf = (name: string, options: readonly string[]): Field => {
  const label = labelOf(name);
  if (name === 'startAt') return { type: 'moment', name, label };
  if (options.length > 1) return { type: 'choice', name, label, options };
  if (options[0] !== undefined) return { type: 'text', name, label, hint: '请核对', value: options[0] };
  return { type: 'text', name, label, hint: hints[name] ? `例如：${hints[name]}` : '请填写' };
};

/** Who asks how many came asks who did not, so that the second question need not follow. */
const askedFor = (wanted: readonly string[]): readonly string[] =>
  wanted.includes('present') && !wanted.includes('absent')
    ? wanted.flatMap((name) => (name === 'present' ? ['present', 'absent'] : [name]))
    : wanted;

export type DraftView = {
  readonly id: string;
  readonly revision: number;
  readonly fields: RecordFields;
  readonly asks: readonly Ask[];
  /** The fields to be filled, each once. */
  readonly wanted: readonly string[];
};

/** More questions than this share one line, so that the card stays on one screen. */
const asksInLines = 3;

/** 主题党日还差两项: what is known stands above, only what is missing is asked, once, in one form. */
export const draftCard = (draft: DraftView, today: LocalDate): CardSpec => {
  const { fields, asks, wanted } = draft;
  const optionsOf = (name: string) => asks.find((ask) => ask.field === name)?.options ?? [];
  const kind = fields.kind === null ? '记录' : nameOf(fields.kind);
  const missing = wanted.filter((name) => !asks.some((ask) => ask.field === name));
  return {
    kind: 'incomplete',
    title: `${kind}还差${wanted.length}项`,
    lines: [
      ...shown({ ...fields, moment: fields.startAt === null ? null : momentText(fields.startAt, today) }),
      ...(missing.length > 0 ? [`还差：**${labels(missing)}**`] : []),
      ...(asks.length > asksInLines ? [asks.map(askText).join(' ')] : asks.map(askText)),
      '填下面的表，或直接回复本条一句话。补齐之前不算数。',
    ],
    form: {
      fields: askedFor(wanted).map((name) => fieldOf(name, optionsOf(name))),
      submit: {
        name: 'submit',
        text: '补齐并提交',
        value: { do: 'record.complete', draft: draft.id, v: draft.revision },
      },
    },
  };
};

export const withdrawnCard = (record: RecordRow): CardSpec => ({
  kind: 'notice',
  title: '已撤销刚才的记录',
  lines: [`${periodText(record.period)}${nameOf(record.kind)}的记录已撤销，就当没发生过（日志里留有痕迹）。`],
});
