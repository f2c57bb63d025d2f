import { isObject, type Json, text } from '../../../../src/cards/tree.ts';
import { patternText } from '../../../core/time.ts';

/** A number as its column wants it: digits after the point, a sign before it, thousands apart. */
export function numberText(value: unknown, format: unknown): string {
  if (typeof value !== 'number') return cellText(value);
  const { precision, symbol, separator }: Json = isObject(format) ? format : {};
  const digits = typeof precision === 'number' ? Math.min(Math.max(precision, 0), 10) : null;
  const options = digits === null ? { maximumFractionDigits: 10 } : digitsExactly(digits);
  const written = new Intl.NumberFormat('zh-CN', { ...options, useGrouping: separator === true }).format(value);
  return `${text(symbol)}${written}`;
}

const digitsExactly = (digits: number) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Milliseconds by the column's pattern. */
export const dateText = (value: unknown, pattern: unknown): string =>
  typeof value === 'number' && Math.abs(value) < 8.64e15
    ? patternText(new Date(value), text(pattern) || 'YYYY/MM/DD')
    : cellText(value);

/** Whatever stands in a cell that nothing else is known of. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellText).join('、');
  return isObject(value) ? text(value.text) || text(value.content) : String(value);
}

export interface Page<T> {
  rows: readonly T[];
  page: number;
  pages: number;
}

/** The rows of one page; a page that is no more becomes the last one. */
export function pageOf<T>(rows: readonly T[], size: number, wanted: number): Page<T> {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(Math.max(wanted, 1), pages);
  return { rows: rows.slice((page - 1) * size, page * size), page, pages };
}
