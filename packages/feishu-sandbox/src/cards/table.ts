import { z } from 'zod';
import { type CardFault, fault } from './fault.ts';
import { exactly, flag, height, type Shape, side, whole, words } from './shapes.ts';
import { isObject, type Json, objects, text } from './tree.ts';

const column = exactly(
  { name: words },
  {
    display_name: words,
    width: z.string().regex(/^(auto|\d+px|\d+%)$/),
    vertical_align: height,
    horizontal_align: side,
    data_type: z.enum(['text', 'lark_md', 'options', 'number', 'persons', 'date', 'markdown']),
    format: exactly({}, { precision: whole(0, 10), symbol: words, separator: flag }),
    date_format: words,
  },
);

const headerStyle: Shape = {
  text_align: side,
  text_size: words,
  background_style: words,
  text_color: words,
  bold: flag,
  lines: whole(1, 1000),
};

export const tableShape: Shape = {
  page_size: whole(1, 10),
  row_height: z.string().regex(/^(low|middle|high|auto|\d+px)$/),
  row_max_height: z.string().regex(/^\d+px$/),
  freeze_first_column: flag,
  header_style: exactly({}, headerStyle),
  /** Their faults have codes of their own: see `checkRows`. */
  rows: z.unknown(),
};
export const tableNeeds: Shape = { columns: z.array(column).min(1).max(50) };

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string');
const isOption = (value: unknown): boolean => isObject(value) && typeof value.text === 'string';

/** Texts take whatever is given to them; the other kinds do not. */
const CELLS: Record<string, (value: unknown) => boolean> = {
  number: (value) => typeof value === 'number',
  date: (value) => typeof value === 'number',
  persons: (value) => typeof value === 'string' || isTexts(value),
  options: (value) => typeof value === 'string' || (Array.isArray(value) && value.every(isOption)),
};

/** Cells have to be of the kind that their column promises, under a name that a column has. */
export function checkRows(table: unknown, context: z.RefinementCtx): void {
  const found = isObject(table) ? rowsFault(table) : null;
  if (found) context.addIssue({ code: 'custom', message: found.message, params: { code: found.code } });
}

function rowsFault({ columns, rows }: Json): CardFault | null {
  if (!Array.isArray(rows) || !rows.every(isObject)) return fault(200914, 'table rows is invalid');
  const kinds = new Map(objects(columns).map((one) => [text(one.name), text(one.data_type)]));
  for (const [index, row] of rows.entries()) {
    for (const [name, cell] of Object.entries(row)) {
      const kind = kinds.get(name);
      if (kind === undefined) return fault(200915, `table rows name is invalid; row ${index} has ${name}`);
      const fits = cell === null || (CELLS[kind]?.(cell) ?? true);
      if (!fits) return fault(200914, `table rows is invalid; row ${index}, ${name} holds no ${kind}`);
    }
  }
  return null;
}
