/** What a record may hold (contracts §4), and how each field is called in front of people. */
import type { LocalDate, LocalDateTime } from '../time/local.ts';
import type { KindCode } from './kinds.ts';

export type Absence = { readonly name: string | null; readonly reason: string | null };
export type Vote = {
  readonly subject: string | null;
  readonly yes: number | null;
  readonly no: number | null;
  readonly abstain: number | null;
};
export type Appraisal = {
  readonly excellent: number;
  readonly qualified: number;
  readonly basic: number;
  readonly unqualified: number;
};

export type RecordFields = {
  readonly kind: KindCode | null;
  readonly group: number | null;
  readonly startAt: LocalDate | LocalDateTime | null;
  readonly endAt: LocalDate | LocalDateTime | null;
  readonly forYear: number | null;
  readonly place: string | null;
  readonly onlineUrl: string | null;
  readonly host: string | null;
  readonly recorder: string | null;
  readonly lecturer: string | null;
  readonly expected: number | null;
  readonly present: number | null;
  readonly listeners: number | null;
  readonly activists: number | null;
  readonly absent: readonly Absence[];
  readonly topics: readonly string[];
  readonly agenda: readonly string[];
  readonly summary: string | null;
  readonly votes: readonly Vote[];
  readonly appraisal: Appraisal | null;
  readonly studyTopics: readonly string[];
  readonly alsoCountsAs: readonly KindCode[];
  readonly person: string | null;
};

export const emptyFields: RecordFields = {
  kind: null,
  group: null,
  startAt: null,
  endAt: null,
  forYear: null,
  place: null,
  onlineUrl: null,
  host: null,
  recorder: null,
  lecturer: null,
  expected: null,
  present: null,
  listeners: null,
  activists: null,
  absent: [],
  topics: [],
  agenda: [],
  summary: null,
  votes: [],
  appraisal: null,
  studyTopics: [],
  alsoCountsAs: [],
  person: null,
};

/** Chinese labels; the keys, in this order, are the fields a kind may require. */
export const fieldLabels = {
  kind: '类型',
  group: '党小组',
  startAt: '时间',
  endAt: '结束时间',
  place: '地点',
  host: '主持人',
  recorder: '记录人',
  expected: '应到',
  present: '实到',
  absent: '缺席及原因',
  topics: '议题',
  agenda: '议程',
  summary: '内容',
  votes: '表决结果',
  lecturer: '授课人',
  listeners: '听课人数',
  activists: '积极分子人数',
  appraisal: '评议结果',
  studyTopics: '学习内容',
  person: '谈话对象',
  attachments: '照片或材料',
} as const;
export type FieldName = keyof typeof fieldLabels;
