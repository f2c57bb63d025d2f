/** Builds the working calendar: published plans from chinese-days, local overrides, the law's days for the rest. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { isLocalDate, type LocalDate } from '../domain/time/local.ts';
import type { WorkCalendar } from '../domain/time/work-calendar.ts';
import { firstYear, lastYear, statutoryDays } from './statutory.ts';

type YearPlan = {
  readonly published: boolean;
  readonly off: readonly LocalDate[];
  readonly work: readonly LocalDate[];
};

const day = z.string().refine(isLocalDate, '不是日期，应写作 2027-01-01');
const overrideFile = z.strictObject({
  /** True: this file is the year's whole plan. False: its days are added to whatever else is known. */
  published: z.boolean(),
  off: z.array(day),
  work: z.array(day),
  source: z.string().optional(),
});
const packageFile = z.object({
  holidays: z.record(z.string(), z.string()),
  workdays: z.record(z.string(), z.string()),
});

const { resolve } = createRequire(import.meta.url);
// Read as data, year by year: loading the library itself takes longer than everything else here together.
const packageFolder = join(resolve('chinese-days/package.json'), '..', 'dist', 'years');

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const packagePlan = (year: number): YearPlan | null => {
  const file = join(packageFolder, `${year}.json`);
  if (!existsSync(file)) return null;
  const { holidays, workdays } = packageFile.parse(readJson(file));
  return { published: true, off: Object.keys(holidays), work: Object.keys(workdays) };
};

const provisionalPlan = (year: number): YearPlan => ({ published: false, off: statutoryDays(year), work: [] });

const readOverride = (folder: string, year: number): YearPlan | null => {
  const file = join(folder, `${year}.json`);
  if (!existsSync(file)) return null;
  const plan = overrideFile.parse(readJson(file));
  const stray = [...plan.off, ...plan.work].find((date) => !date.startsWith(`${year}-`));
  if (stray !== undefined) throw new Error(`${stray} is not in ${year}`);
  return plan;
};

/** The override of a year; an error names the file, since a person wrote it. */
const overrideOf = (folder: string, year: number): YearPlan | null => {
  try {
    return readOverride(folder, year);
  } catch (error) {
    throw new Error(`holidays: ${join(folder, `${year}.json`)} cannot be used`, { cause: error });
  }
};

/** Later additions win: a day off becomes a working day, or the other way round. */
const combine = (base: YearPlan, extra: YearPlan): YearPlan => ({
  published: base.published,
  off: [...base.off.filter((date) => !extra.work.includes(date)), ...extra.off],
  work: [...base.work.filter((date) => !extra.off.includes(date)), ...extra.work],
});

const planOf = (folder: string, year: number): YearPlan => {
  const override = overrideOf(folder, year);
  if (override?.published) return override;
  const base = packagePlan(year) ?? provisionalPlan(year);
  return override ? combine(base, override) : base;
};

export const loadCalendar = ({ holidaysDir = 'holidays' }: { holidaysDir?: string } = {}): WorkCalendar => {
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);
  const plans = years.map((year) => ({ year, plan: planOf(holidaysDir, year) }));
  return {
    off: new Set(plans.flatMap(({ plan }) => plan.off)),
    work: new Set(plans.flatMap(({ plan }) => plan.work)),
    published: new Set(plans.filter(({ plan }) => plan.published).map(({ year }) => String(year))),
  };
};
