import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chineseDays from 'chinese-days';
import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../src/calendar/index.ts';
import { firstYear, lastYear, statutoryDays } from '../src/calendar/statutory.ts';
import { addDays, type LocalDate } from '../src/domain/time/local.ts';
import { isProvisional, isWorkday, type WorkCalendar } from '../src/domain/time/work-calendar.ts';

const daysOf = (from: LocalDate, to: LocalDate): LocalDate[] => {
  const days = [from];
  for (let day = from; day < to; ) {
    day = addDays(day, 1);
    days.push(day);
  }
  return days;
};

/** The plans of the domain reference: spans off, and weekend days on which people work. */
const plans: Readonly<Record<number, { off: readonly (readonly [string, string])[]; work: readonly string[] }>> = {
  2020: {
    off: [
      ['01-01', '01-01'],
      ['01-24', '02-02'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-25', '06-27'],
      ['10-01', '10-08'],
    ],
    work: ['01-19', '04-26', '05-09', '06-28', '09-27', '10-10'],
  },
  2025: {
    off: [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    work: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  2026: {
    off: [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    work: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};

const inYear = (dates: ReadonlySet<string>, year: string) => [...dates].filter((date) => date.startsWith(year)).sort();
const overridden = (year: number, content: unknown): WorkCalendar => {
  const folder = mkdtempSync(join(tmpdir(), 'holidays-'));
  writeFileSync(join(folder, `${year}.json`), typeof content === 'string' ? content : JSON.stringify(content));
  return loadCalendar({ holidaysDir: folder });
};

describe('the working calendar', () => {
  const calendar = loadCalendar();

  it.each(Object.entries(plans))('equals the published plan of %s', (year, plan) => {
    const off = plan.off.flatMap(([from, to]) => daysOf(`${year}-${from}`, `${year}-${to}`));
    expect(inYear(calendar.off, year)).toEqual(off);
    expect(inYear(calendar.work, year)).toEqual(plan.work.map((day) => `${year}-${day}`));
    expect(isProvisional(calendar, `${year}-06-01`)).toBe(false);
  });

  it('knows the test days of 2026', () => {
    expect(isWorkday(calendar, '2026-10-10')).toBe(true);
    expect(isWorkday(calendar, '2026-10-07')).toBe(false);
    expect(isWorkday(calendar, '2026-02-14')).toBe(true);
    expect(isWorkday(calendar, '2026-02-16')).toBe(false);
  });

  it('gives 13 statutory days to a year without a plan, and says so', () => {
    const bare = loadCalendar({ holidaysDir: 'no-such-folder' });
    for (let year = firstYear; year <= lastYear; year += 1) {
      if (bare.published.has(String(year))) continue;
      expect(inYear(bare.off, String(year))).toEqual([...new Set(statutoryDays(year))]);
      expect(inYear(bare.work, String(year))).toEqual([]);
      expect(isProvisional(bare, `${year}-01-04`)).toBe(true);
    }
    expect(statutoryDays(2027)).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-06',
      '2027-02-07',
      '2027-02-08',
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-02',
      '2027-10-03',
    ]);
  });

  it('has 2027-01-01 and 2027-10-01 off, whatever the package says', () => {
    expect(isWorkday(calendar, '2027-01-01')).toBe(false);
    expect(isWorkday(calendar, '2027-10-01')).toBe(false);
    expect(isWorkday(calendar, '2027-01-04')).toBe(true);
  });

  it('has the same moving feasts as chinese-days', () => {
    for (let year = firstYear; year <= lastYear; year += 1) {
      const days = statutoryDays(year);
      const newYear = chineseDays.getSolarDateFromLunar(`${year}-01-01`).date;
      expect(days).toEqual(expect.arrayContaining([-1, 0, 1, 2].map((shift) => addDays(newYear, shift))));
      expect(days).toContain(chineseDays.getSolarTermDate(year, 4, 'pure_brightness'));
      expect(days).toContain(chineseDays.getSolarDateFromLunar(`${year}-05-05`).date);
      expect(days).toContain(chineseDays.getSolarDateFromLunar(`${year}-08-15`).date);
      expect(days).toHaveLength(13);
    }
  });

  it('lets a published override replace the year', () => {
    const calendar = overridden(2027, {
      published: true,
      off: ['2027-01-01'],
      work: ['2027-01-09'],
      source: 'a notice',
    });
    expect(isProvisional(calendar, '2027-01-01')).toBe(false);
    expect(isWorkday(calendar, '2027-01-09')).toBe(true);
    expect(isWorkday(calendar, '2027-10-01')).toBe(true);
  });

  it('adds the days of an override that is no plan', () => {
    const calendar = overridden(2026, { published: false, off: ['2026-10-10', '2026-11-27'], work: ['2026-10-07'] });
    expect(isWorkday(calendar, '2026-10-10')).toBe(false);
    expect(isWorkday(calendar, '2026-11-27')).toBe(false);
    expect(isWorkday(calendar, '2026-10-07')).toBe(true);
    expect(isWorkday(calendar, '2026-10-06')).toBe(false);
    expect(isProvisional(calendar, '2026-10-10')).toBe(false);
  });

  it.each([
    ['not JSON', 'off: 2027-01-01'],
    ['an unknown key', { published: true, off: [], work: [], holiday: [] }],
    ['a day that does not exist', { published: true, off: ['2027-02-30'], work: [] }],
    ['a day of another year', { published: true, off: ['2026-12-31'], work: [] }],
  ])('refuses %s, naming the file', (_, content) => {
    expect(() => overridden(2027, content)).toThrow(/2027\.json/);
  });
});
