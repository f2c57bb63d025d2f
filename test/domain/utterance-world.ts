import type { UnitContext, UtteranceContext } from '../../src/domain/utterance/index.ts';

const unit = (code: string, name: string, rest: Partial<UnitContext>): UnitContext => ({
  code,
  name,
  members: [],
  voting: 0,
  expected: { members: 0, committee: 5 },
  groups: [],
  ...rest,
});
const twoGroups = [
  { no: 1, name: '第1党小组', size: 22 },
  { no: 2, name: '第2党小组', size: 8 },
];

/** A few units of domain §11.1, with the people of its examples. */
export const units = {
  B0104: unit('B0104', '学生工作党支部', {
    members: ['李丁', '周戊'],
    voting: 18,
    expected: { members: 19, committee: 5 },
  }),
  B0201: unit('B0201', '机电系教工第一党支部', {
    members: ['王辛', '赵甲', '钱乙'],
    voting: 14,
    expected: { members: 14, committee: 5 },
  }),
  B0203: unit('B0203', '机电系学生第一党支部', {
    members: ['郑庚'],
    voting: 8,
    expected: { members: 30, committee: 5 },
    groups: twoGroups,
  }),
  B0303: unit('B0303', '农牧系学生第一党支部', { voting: 9, expected: { members: 24, committee: 5 } }),
  B0403: unit('B0403', '护理系学生第一党支部', { voting: 17, expected: { members: 38, committee: 5 } }),
};
export type UnitCode = keyof typeof units;

/** The holidays that matter to the examples. */
export const calendar = {
  off: new Set(['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07', '2027-01-01']),
  work: new Set(['2026-10-10']),
  published: new Set(['2026']),
};

export const contextOf = (given: Partial<UtteranceContext> & { readonly at?: UnitCode } = {}): UtteranceContext => ({
  now: '2026-11-24T10:00',
  calendar,
  unit: units[given.at ?? 'B0201'],
  units: Object.values(units).map(({ code, name }) => ({ code, name })),
  sender: '王辛',
  chat: 'group',
  replyTo: null,
  ...given,
});
export const replyTo = (kind: string, period: string) => ({ kind, unit: 'B0201', period });
