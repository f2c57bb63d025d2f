/** Reports a unit owes upwards (domain §4.2): what people call them, and the day from which one is late. */
import { firstOfMonth, type LocalDate, lastOfMonth } from '../time/local.ts';
import { addWorkdays, type WorkCalendar, workdayAtOrBefore } from '../time/work-calendar.ts';

type Cycle = 'year' | 'halfYear' | 'quarter' | 'month';
type Report = {
  readonly code: string;
  readonly words: RegExp;
  readonly cycle: Cycle;
  /** `MM-DD` in a year, `DD` in a month, or working days after a quarter. */
  readonly deadline: string | null;
};

/** The more particular first. */
export const reports: readonly Report[] = [
  { code: 'R_REVIEW_GB', words: /总支(?:书记)?述职/, cycle: 'year', deadline: '12-31' },
  { code: 'R_REVIEW_BR', words: /述职/, cycle: 'year', deadline: '12-15' },
  { code: 'R_GB_REPORT', words: /(?:党总支|总支|直属支部)抓.*党建/, cycle: 'year', deadline: '12-20' },
  { code: 'R_BR_REPORT', words: /抓党建(?:工作)?(?:情况)?报告/, cycle: 'year', deadline: '12-10' },
  { code: 'R_SELFCHECK', words: /自查/, cycle: 'year', deadline: '12-15' },
  { code: 'R_SPOT', words: /抽查结果/, cycle: 'year', deadline: '12-31' },
  { code: 'R_PLAN_YEAR', words: /(?:年度|全年)?(?:党建)?(?:工作|学习)计划/, cycle: 'year', deadline: '03-15' },
  { code: 'R_SUM_HALF', words: /半年(?:工作|党建工作|支部工作)?总结/, cycle: 'halfYear', deadline: '07-05' },
  { code: 'R_SUM_YEAR', words: /(?:年度|年终|全年|工作)总结/, cycle: 'year', deadline: '12-20' },
  { code: 'R_DUES_PUB', words: /党费.*公示/, cycle: 'year', deadline: '12-31' },
  { code: 'R_DUES_Q', words: /党费上缴/, cycle: 'quarter', deadline: '5' },
  { code: 'R_DUES_M', words: /党费(?:收缴)?登记|党费收缴/, cycle: 'month', deadline: null },
  { code: 'R_STAT_MOE', words: /全国高校.*统计/, cycle: 'year', deadline: null },
  { code: 'R_STAT_YEAR', words: /党内统计|统计年报|年报/, cycle: 'year', deadline: '12-25' },
  { code: 'R_DEV_PLAN', words: /发展党员计划|发展计划/, cycle: 'year', deadline: '11-30' },
  { code: 'R_ELECTION', words: /换届/, cycle: 'year', deadline: '12-31' },
  { code: 'R_RECT', words: /整改进展/, cycle: 'month', deadline: '25' },
  { code: 'R_WORKPLAN', words: /项目进展/, cycle: 'month', deadline: '25' },
  { code: 'R_TRAIN', words: /培训学时/, cycle: 'year', deadline: '12-31' },
  { code: 'R_HIGHK', words: /高知识群体/, cycle: 'year', deadline: '12-31' },
];

export const reportIn = (line: string): Report | null => reports.find(({ words }) => words.test(line)) ?? null;

const lastDay = (period: string): LocalDate => {
  const [year = '', part = '12'] = period.split('-');
  const month = part.startsWith('Q')
    ? Number(part.slice(1)) * 3
    : part.startsWith('H')
      ? Number(part.slice(1)) * 6
      : Number(part);
  return lastOfMonth(firstOfMonth(`${year}-${String(month).padStart(2, '0')}-01`));
};

const nominal = ({ cycle, deadline }: Report, period: string, calendar: WorkCalendar): LocalDate | null => {
  if (cycle === 'month') return deadline === null ? lastDay(period) : `${period}-${deadline}`;
  if (deadline === null || (cycle === 'halfYear' && period.endsWith('H2'))) return null;
  return cycle === 'quarter'
    ? addWorkdays(calendar, lastDay(period), Number(deadline))
    : `${period.slice(0, 4)}-${deadline}`;
};

/** The last day on which a report is in time, moved back to a working day; null when none is set. */
export const reportDeadline = (report: Report, period: string, calendar: WorkCalendar): LocalDate | null => {
  const date = nominal(report, period, calendar);
  return date && workdayAtOrBefore(calendar, date);
};

const shapes: Readonly<Record<Cycle, RegExp>> = {
  year: /^\d{4}$/,
  halfYear: /^\d{4}-H[12]$/,
  quarter: /^\d{4}-Q[1-4]$/,
  month: /^\d{4}-\d{2}$/,
};
/** The period said, when it is one this report has; a longer text may name a year only. */
export const reportPeriod = ({ cycle }: Report, said: string | null): string | null => {
  if (said === null) return null;
  if (shapes[cycle].test(said)) return said;
  return cycle === 'year' ? said.slice(0, 4) : null;
};
