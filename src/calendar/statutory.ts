/** The 13 days that the law gives, for years whose plan is not published yet (everything about them is 暂算). */
import { addDays, type LocalDate } from '../domain/time/local.ts';

/** Years the calendar answers for; outside them a day off is a Saturday or Sunday. */
export const firstYear = 2020;
export const lastYear = 2035;

type MovingFeasts = readonly [newYear: string, qingming: string, dragonBoat: string, midAutumn: string];

/** The feasts that follow the moon or the sun's path; a test compares them with chinese-days, which is slow to load. */
const movingFeasts: Readonly<Record<number, MovingFeasts>> = {
  2020: ['01-25', '04-04', '06-25', '10-01'],
  2021: ['02-12', '04-04', '06-14', '09-21'],
  2022: ['02-01', '04-05', '06-03', '09-10'],
  2023: ['01-22', '04-05', '06-22', '09-29'],
  2024: ['02-10', '04-04', '06-10', '09-17'],
  2025: ['01-29', '04-04', '05-31', '10-06'],
  2026: ['02-17', '04-05', '06-19', '09-25'],
  2027: ['02-06', '04-05', '06-09', '09-15'],
  2028: ['01-26', '04-04', '05-28', '10-03'],
  2029: ['02-13', '04-04', '06-16', '09-22'],
  2030: ['02-03', '04-05', '06-05', '09-12'],
  2031: ['01-23', '04-05', '06-24', '10-01'],
  2032: ['02-11', '04-04', '06-12', '09-19'],
  2033: ['01-31', '04-04', '06-01', '09-08'],
  2034: ['02-19', '04-05', '06-20', '09-27'],
  2035: ['02-08', '04-05', '06-10', '09-16'],
};

const fixedDays = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];
/** Lunar New Year's Eve and the first three days of the year, counted from its first day. */
const springFestival = [-1, 0, 1, 2];

/** New Year, lunar New Year's Eve and 1–3, Qingming, 1–2 May, Dragon Boat, Mid-Autumn, 1–3 October. */
export const statutoryDays = (year: number): LocalDate[] => {
  const [newYear, ...others] = movingFeasts[year] ?? [];
  const spring = newYear === undefined ? [] : springFestival.map((days) => addDays(`${year}-${newYear}`, days));
  return [...spring, ...[...fixedDays, ...others].map((day) => `${year}-${day}`)].sort();
};
