import { daysBetween, type LocalDate, type LocalDateTime, weekday } from '../domain/time/local.ts';
import { isProvisional, type WorkCalendar } from '../domain/time/work-calendar.ts';

const marks = /[&<>*_~[\]`#$|\\!]/g;

/**
 * Makes people's words inert in a card's markdown, so that they cannot mention everybody or break the layout; they stay
 * on one line, for a line of its own may be a rule, a list or a heading.
 */
export const escape = (text: string): string =>
  text.replace(/\s*[\r\n\u2028\u2029]\s*/g, ' ').replace(marks, (mark) => `&#${mark.charCodeAt(0)};`);

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

/** 11月30日（周一）; the year only where it is not this year's; 暂算 where the year's holidays are not published. */
export const dayText = (date: LocalDate, today: LocalDate, calendar?: WorkCalendar): string => {
  const year = date.slice(0, 4) === today.slice(0, 4) ? '' : `${date.slice(0, 4)}年`;
  const guess = calendar && isProvisional(calendar, date) ? '（暂算）' : '';
  return `${year}${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日（周${weekdays[weekday(date) - 1]}）${guess}`;
};

/** 11月20日（周五）15:00 */
export const momentText = (moment: LocalDate | LocalDateTime, today: LocalDate): string =>
  `${dayText(moment.slice(0, 10), today)}${moment.slice(11)}`;

/** 11月, or 2026年第4季度, 2026年. */
export const periodText = (period: string): string => {
  const quarter = /^(\d{4})-Q(\d)$/.exec(period);
  if (quarter) return `${quarter[1]}年第${quarter[2]}季度`;
  const half = /^(\d{4})-H(\d)$/.exec(period);
  if (half) return `${half[1]}年${half[2] === '1' ? '上' : '下'}半年`;
  return period.length === 7 ? `${Number(period.slice(5))}月` : `${period}年`;
};

/** 🔵 还有20天、🟡 还有2天、🔴 已过1个工作日: a lamp never stands without words. */
export const lampText = (deadline: LocalDate, today: LocalDate, workdaysLate: number): string => {
  const left = daysBetween(today, deadline);
  if (left < 0) return `🔴 已过${Math.max(1, workdaysLate)}个工作日`;
  if (left === 0) return '🟡 今天截止';
  return `${left > 7 ? '🔵' : '🟡'} 还有${left}天`;
};

const titleAtMost = 14;
/** 11月主题党日已记下: without the period where the whole would be longer than a title may be (voice.md). */
export const titleText = (period: string, name: string, tail: string): string =>
  [`${periodText(period)}${name}${tail}`, `${name}${tail}`].find((title) => title.length <= titleAtMost) ??
  `${name.slice(0, titleAtMost - tail.length)}${tail}`;
